"""Case forms as customers have them, and any number of others."""

import string
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st
from lxml import etree

PLAIN = (
    '<form><tabs><tab name="general" id="{a1a1a1a1-0000-4000-8000-000000000001}">'
    '<labels><label description="Summary" languagecode="1033" /></labels>'
    '<columns><column width="60%"><sections>'
    '<section name="details" id="{a1a1a1a1-0000-4000-8000-000000000002}"><rows><row>'
    '<cell id="{a1a1a1a1-0000-4000-8000-000000000003}">'
    '<control id="title" classid="{4273EDBD-AC1D-40d3-9FB2-095C621B552D}" datafieldname="title" />'
    "</cell></row></rows></section></sections></column>"
    '<column width="40%"><sections /></column></columns></tab>'
    '<tab name="related" id="{a1a1a1a1-0000-4000-8000-000000000004}">'
    '<labels><label description="Related things" languagecode="1033" /></labels>'
    '<columns><column width="100%"><sections /></column></columns></tab></tabs></form>'
)

ELABORATE = """\
<form headerdensity="HighWithControls" showImage="true">
  <ancestor id="{b2b2b2b2-0000-4000-8000-000000000001}" />
  <tabs>
    <tab verticallayout="true" id="{b2b2b2b2-0000-4000-8000-000000000002}" IsUserDefined="1">
      <labels>
        <label description="Summary &amp; SLA" languagecode="1033" />
        <label description="Zusammenfassung" languagecode="1031" />
      </labels>
      <columns>
        <column width="100%">
          <!-- agreed with the service desk -->
          <sections>
            <section id="{b2b2b2b2-0000-4000-8000-000000000003}" columns="1">
              <rows>
                <row>
                  <cell id="{b2b2b2b2-0000-4000-8000-000000000004}" rowspan="2">
                    <control id="ticketnumber" uniqueid="{B2B2B2B2-0000-4000-8000-00000000000A}"
                      classid="{4273EDBD-AC1D-40d3-9FB2-095C621B552D}" datafieldname="ticketnumber">
                      <parameters><Note><![CDATA[1 < 2]]></Note></parameters>
                    </control>
                  </cell>
                </row>
                <row />
              </rows>
            </section>
          </sections>
        </column>
      </columns>
    </tab>
  </tabs>
  <header id="{b2b2b2b2-0000-4000-8000-000000000005}" columns="111">
    <rows><row><cell id="{b2b2b2b2-0000-4000-8000-000000000006}">
      <control id="header_ticketnumber" datafieldname="ticketnumber" />
    </cell></row></rows>
  </header>
  <footer id="{b2b2b2b2-0000-4000-8000-000000000007}"><rows><row /></rows></footer>
  <Navigation><NavBar /></Navigation>
  <controlDescriptions>
    <controlDescription forControl="{B2B2B2B2-0000-4000-8000-00000000000A}">
      <customControl id="{4273EDBD-AC1D-40d3-9FB2-095C621B552D}" />
      <customControl formFactor="2" name="abc_Other.Control"><parameters /></customControl>
    </controlDescription>
  </controlDescriptions>
  <DisplayConditions Order="3"><Everyone /></DisplayConditions>
  <formLibraries>
    <Library name="abc_/case.js" libraryUniqueId="{b2b2b2b2-0000-4000-8000-00000000000b}" />
  </formLibraries>
  <events><event name="onload" application="false" active="false" /></events>
</form>
"""

BY_HAND = PLAIN.replace(
    '<control id="title"',
    '<control id="ticketnumber" uniqueid="{C3C3C3C3-0000-4000-8000-000000000001}"',
).replace(
    "</tabs></form>",
    "</tabs><controlDescriptions><controlDescription forControl="
    '"{c3c3c3c3-0000-4000-8000-000000000001}">'
    '<customControl formFactor="2" name="cht_Cht.CaseTime" /></controlDescription>'
    "</controlDescriptions></form>",
)
"""Somebody has placed the widget in the form designer."""


def same(one: str, other: str) -> bool:
    """Tell whether two forms are the same document, empty lists aside."""
    return _normal(one) == _normal(other)


def _normal(formxml: str) -> str:
    form = etree.fromstring(formxml.encode())
    for tag in ("sections", "controlDescriptions"):
        for holder in list(form.iter(tag)):
            parent = holder.getparent()
            if len(holder) == 0 and parent is not None:
                parent.remove(holder)
    return etree.tostring(form, method="c14n").decode()


names = st.text(string.ascii_lowercase + "_é&<\"' ", min_size=1, max_size=12)
blanks = st.sampled_from(["", "\n", "\n    ", "\t"])


@st.composite
def cells(draw: st.DrawFn) -> str:
    field = draw(st.sampled_from(["title", "ticketnumber", "ticketnumber1", "ownerid"]))
    unique = draw(st.sampled_from(["", ' uniqueid="{d4d4d4d4-0000-4000-8000-000000000001}"']))
    return f'<cell><control id="{field}"{unique} /></cell>'


def lists(tag: str, items: Sequence[str], blank: str) -> str:
    return f"<{tag}>" + blank + "".join(item + blank for item in items) + f"</{tag}>"


@st.composite
def tabs(draw: st.DrawFn) -> str:
    blank = draw(blanks)
    sections = []
    for name in draw(st.lists(names, max_size=2)):
        rows = [
            lists("row", draw(st.lists(cells(), max_size=2)), blank)
            for _ in range(draw(st.integers(0, 2)))
        ]
        sections.append(f"<section name={quoteattr(name)}>{lists('rows', rows, blank)}</section>")
    held = draw(st.sampled_from(["", lists("sections", sections, blank)])) if not sections else ""
    column = f"<column>{blank}{lists('sections', sections, blank) if sections else held}</column>"
    label = f"<labels><label description={quoteattr(draw(names))} /></labels>"
    return f"<tab name={quoteattr(draw(names))}>{label}<columns>{column}</columns></tab>"


@st.composite
def forms(draw: st.DrawFn) -> str:
    """Any form: tabs, perhaps a header, descriptions of others, scripts, and blanks anywhere."""
    blank = draw(blanks)
    described = [
        '<controlDescription forControl="{d4d4d4d4-0000-4000-8000-000000000001}">'
        f'<customControl name="abc_Other"><parameters><a>{escape(draw(names))}</a></parameters>'
        "</customControl></controlDescription>"
        for _ in range(draw(st.integers(0, 2)))
    ]
    parts = [
        lists("tabs", draw(st.lists(tabs(), min_size=1, max_size=3)), blank),
        *draw(st.sampled_from([[], ["<header><rows /></header>"]])),
        *draw(st.sampled_from([[], [lists("controlDescriptions", described, blank)]])),
        *draw(st.sampled_from([[], ["<DisplayConditions />", "<events><event /></events>"]])),
    ]
    return lists("form", parts, blank)
