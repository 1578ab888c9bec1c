"""What can be found wrong with the solution before an environment is asked to import it.

A check looks at one thing and tells a finding for each fault. What only an environment can say,
such as a dependency that is missing there, is not looked at.
"""
