"""Our solution as a zip to import: the source as it is, with stand-ins for what is built."""

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from solution.model.identity import CONTROL_NAME
from solution.tools.packing.pack import packed
from solution.tools.packing.tree import read_tree

SOURCE = Path(__file__).parents[2] / "solution/src"
DATA = ".data.xml"
MANIFEST = f"Controls/{CONTROL_NAME}/ControlManifest.xml"
NAMESPACE, CONSTRUCTOR = CONTROL_NAME.partition("_")[2].split(".")
CONTROL = f"""<manifest>
  <control namespace="{NAMESPACE}" constructor="{CONSTRUCTOR}" version="1.2.3">
    <resources><code path="bundle.js" order="1"/></resources>
  </control>
</manifest>"""


@cache
def our_zip() -> bytes:
    """Return the zip; what the widget's build makes is a line of text in its place."""
    tree = read_tree(SOURCE)
    built = {path.removesuffix(DATA): b"built" for path in tree if path.endswith(DATA)}
    control = {
        MANIFEST: CONTROL.encode(),
        MANIFEST.replace("ControlManifest.xml", "bundle.js"): b"",
    }
    return packed(built | control | tree)


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return the zip with a text of one part replaced wherever it occurs."""
    files = _files(content)
    text = files[part].decode()
    assert old in text, f"{part} does not hold {old}"
    return _zipped(files | {part: text.replace(old, new).encode()})


def without(content: bytes, part: str) -> bytes:
    files = _files(content)
    del files[part]
    return _zipped(files)


def with_file(content: bytes, name: str) -> bytes:
    return _zipped(_files(content) | {name: b""})


def sent(content: bytes) -> str:
    """Return the zip as the Web API takes it."""
    return b64encode(content).decode()


def _files(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return buffer.getvalue()
