SELECT max(act.acted_at) AS ended_at FROM act
