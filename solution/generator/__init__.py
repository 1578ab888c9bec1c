"""From the model to the files of ``solution/src``: a machine writes what is repetitive there.

One module per kind of file. Each knows how real exports of a solution look; where a public page
says so too, its docstring names the page. What is a matter of taste (the case form, charts, the
dashboard, the app, web resources) lies in the same tree and is never touched.
"""
