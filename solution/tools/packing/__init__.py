"""Between the solution as it lies in the repository and the zip that an environment imports.

Unpacked, every component is a file of its own, in the layout that Microsoft's packager reads too;
packed, most of them are elements of one ``customizations.xml``. Only unmanaged zips are made: a
managed one holds differences that only an environment can work out.
"""
