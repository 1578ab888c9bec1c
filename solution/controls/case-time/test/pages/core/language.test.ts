import { describe, expect, it } from "vitest";
import { languageOf } from "../../../pages/core/language";

describe("a page speaks", () => {
  it.each([
    ["the user's language", "?userlcid=1031&orglcid=1036", ["ja"], "de"],
    ["it in any capitals", "?UserLcid=1036", [], "fr"],
    ["what the site map's data names", "?data=userlcid%3D1041", ["de"], "ja"],
    ["a bare number there too", "?Data=1025", [], "ar"],
    ["the browser's where none is named", "", ["pt-BR", "fr-CA", "de"], "fr"],
    ["the browser's where the user's is not spoken", "?userlcid=1030", ["de-AT"], "de"],
    ["English at last", "?userlcid=x", ["pt"], "en"],
  ] as const)("%s", (_, query, browser, tag) => {
    expect(languageOf(query, browser).tag).toBe(tag);
  });

  it("writes Arabic from right to left, with the digits that are typed", () => {
    expect(languageOf("?userlcid=1025", [])).toEqual({
      lcid: 1025,
      tag: "ar",
      locale: "ar-u-nu-latn",
      isRightToLeft: true,
    });
  });
});
