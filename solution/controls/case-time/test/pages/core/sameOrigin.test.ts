import { describe, expect, it } from "vitest";
import { sameOriginDataverse } from "../../../pages/platform/sameOrigin";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function pageThatGets(answer: Response | Error): { win: Window & typeof globalThis; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    sent.push({ url, init });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { win: { fetch } as unknown as Window & typeof globalThis, sent };
}

describe("the environment's own Web API", () => {
  it("is called on the page's origin", async () => {
    const { win, sent } = pageThatGets(new Response('{"UserId":"me"}'));

    expect(await sameOriginDataverse(win).get("WhoAmI")).toEqual({ UserId: "me" });
    expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
      "GET /api/data/v9.2/WhoAmI",
    ]);
  });

  it("is sent JSON, and answers nothing to what it did", async () => {
    const { win, sent } = pageThatGets(new Response(null, { status: 204 }));
    await sameOriginDataverse(win).post("SaveSettingValue", { Value: "10" });

    expect(sent[0]?.init.body).toBe('{"Value":"10"}');
  });

  it.each([
    [401, "signedOut"],
    [403, "forbidden"],
    [404, "missing"],
    [400, "refused"],
    [429, "unreachable"],
    [503, "unreachable"],
  ])("that answers %i is %s, in its own words", async (status, reason) => {
    const body = '{"error":{"code":"0x0","message":"because"}}';
    const { win } = pageThatGets(new Response(body, { status }));

    await expect(sameOriginDataverse(win).remove("appsettings(1)")).rejects.toMatchObject({
      reason,
      message: "because",
    });
  });

  it("that is replaced by a page of something in between has at least a status", async () => {
    const { win } = pageThatGets(new Response("<html>", { status: 502 }));

    await expect(sameOriginDataverse(win).get("WhoAmI")).rejects.toMatchObject({
      reason: "unreachable",
      message: "Dataverse answered 502",
    });
  });

  it("that cannot be reached is unreachable, without the browser's words for it", async () => {
    const { win } = pageThatGets(new TypeError("Failed to fetch"));

    await expect(sameOriginDataverse(win).get("WhoAmI")).rejects.toMatchObject({
      reason: "unreachable",
      message: "",
    });
  });
});
