"""A small list as its archive holds it: five regions, CRLF, duplicates, bad dates, hidden addresses, Latin-1."""

OPENING = b"""From amina at radio.example  Mon Mar  3 09:00:00 2014
From: amina at radio.example (Amina Diallo)
Date: Mon, 3 Mar 2014 09:00:00 +0000
Subject: [commons] Who pays for the mast?
Message-ID: <mast-1@radio.example>

Three villages asked.
From the hill one sees all of them.

>From here, nobody.

"""
ANSWER = b"""From joao at rede.example  Mon Mar  3 12:30:00 2014
From: joao at rede.example (=?iso-8859-1?Q?Jo=E3o_Lima?=)
Date: Mon, 3 Mar 2014 09:30:00 -0300
Subject: Re: [commons] Who pays for the mast?
Message-ID: <mast-2@rede.example>
In-Reply-To: <mast-1@radio.example>
References: <mast-1@radio.example>

A soci\xe9t\xe9 of users could.

"""
BAD_DATE = b"""From mere at marae.example  Tue Mar  4 01:00:00 2014
From: Mere Tamihana <mere@marae.example>
Date: the day after
Subject: Tides
Message-ID: <tides@marae.example>

Kia ora.

"""
LIST = OPENING + ANSWER + BAD_DATE


def plain(number: int, *, subject: str = "Posts", name: str = "Sina Faleolo", more: str = "") -> bytes:
    """Return a message without a `From ` line, with a number in it."""
    head = f"From: {name} <sina@village.example>\nDate: Tue, 4 Mar 2014 10:{number % 60:02}:00 +1300\n"
    return f"{head}Subject: {subject}\nMessage-ID: <post-{number}@village.example>\n{more}\nNumber {number}.\n".encode()
