"""How exactly time is counted: ours and models of others, over days of which the truth is known.

``day`` is what a day is made of, ``working_days`` makes up days from a seed, ``lives`` says what
each page saw of one and what is true. ``widget`` and ``ours`` count as we do, ``peers`` as others.
"""
