"""Steps of learning: enroll, answer, judge, pause, leave; and those of whoever teaches."""
