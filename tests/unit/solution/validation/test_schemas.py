from collections import Counter
from pathlib import Path

import pytest

from solution.tools.errors import SolutionError
from solution.tools.validation.schemas import checked_by_schemas

SCHEMA = """\
<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:include schemaLocation="Names.xsd"/>
  <xs:element name="ImportExportXml">
    <xs:complexType><xs:sequence>
      <xs:element name="Role" minOccurs="0" maxOccurs="unbounded">
        <xs:complexType>
          <xs:sequence><xs:element name="RolePrivileges" minOccurs="0"/></xs:sequence>
          <xs:attribute name="name" type="NameType"/>
        </xs:complexType>
      </xs:element>
    </xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>
"""
NAMES = """\
\ufeff<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="NameType"><xs:restriction base="xs:string">
    <xs:pattern value="^(?![cC][rR][mM]_)[A-Z][a-z]*$"/>
  </xs:restriction></xs:simpleType>
</xs:schema>
"""
"""With what Microsoft's schemas have too: a byte order mark, and patterns that only .NET reads."""


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    (tmp_path / "CustomizationsSolution.xsd").write_text(SCHEMA, encoding="utf-8")
    (tmp_path / "Names.xsd").write_text(NAMES, encoding="utf-8")
    return tmp_path


def document(roles: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}<ImportExportXml>{roles}</ImportExportXml>\n".encode()


def test_what_the_schemas_allow_is_no_fault(schemas: Path) -> None:
    report = checked_by_schemas(document('<Role name="Clerk"/>'), schemas)

    assert (report.findings, report.known) == ([], Counter())


def test_what_the_schemas_forbid_is_found_with_its_path(schemas: Path) -> None:
    (finding,) = checked_by_schemas(document('<Role name="clerk"/>'), schemas).findings

    assert (finding.place, finding.code) == ("customizations.xml", "schema")
    assert finding.message.startswith("/ImportExportXml/Role:")


def test_what_the_platform_is_known_to_write_beyond_them_is_counted(schemas: Path) -> None:
    role = '<Role name="Clerk"><IsAutoAssigned>0</IsAutoAssigned></Role>'
    report = checked_by_schemas(document(role * 2), schemas)

    assert report.findings == []
    assert report.known == {("Role", "Unexpected child with tag 'IsAutoAssigned'"): 2}


def test_the_same_beyond_them_in_another_place_is_found(schemas: Path) -> None:
    report = checked_by_schemas(document("<IsAutoAssigned>0</IsAutoAssigned>"), schemas)

    assert [finding.code for finding in report.findings] == ["schema"]


def test_a_folder_without_the_schemas_is_told(tmp_path: Path) -> None:
    with pytest.raises(SolutionError, match=r"holds no CustomizationsSolution\.xsd"):
        checked_by_schemas(document(""), tmp_path)
