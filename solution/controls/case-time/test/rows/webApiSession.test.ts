import { describe, expect, it } from "vitest";
import type { Response } from "../../CaseTime/core/serviceGateway";
import type { Row } from "../../rows/tables";
import { WebApiSession } from "../../rows/webApiSession";

const ME = { id: "11111111-0000-4000-8000-000000000000", name: "Amira (demo)" };
const SEGMENTS = "cht_focussegment";
const SEGMENT = { cht_focussegmentid: "22222222-0000-4000-8000-000000000000", partitionid: ME.id };
const KNOWN =
  "?$select=cht_focussegmentid&$filter=" +
  encodeURIComponent(
    `cht_focussegmentid eq ${SEGMENT.cht_focussegmentid} and partitionid eq '${ME.id}'`,
  );

/** What `Xrm.WebApi` and HTTP reject with when Dataverse refuses. */
type Refusal = Readonly<Record<string, number>>;

const TIME_LOGS = "cht_timelog";
const TIME_LOG = { cht_timelogid: "33333333-0000-4000-8000-000000000000" };

/** A rule for duplicates matched: the row is like another one, but its id is free. */
const SIMILAR = 0x80040333;

/** Dataverse behind the form: refuses creates as it is told, and has rows in pages. */
class Dataverse {
  public refusal: Refusal | undefined;
  public status = 204;
  public content: unknown;
  public pages: readonly (readonly Row[])[] = [[]];
  public readonly asked: { readonly query: string; readonly pageSize: number }[] = [];

  public session(): WebApiSession {
    const webApi = {
      createRecord: () =>
        this.refusal === undefined ? Promise.resolve() : Promise.reject(this.refusal as never),
      retrieveMultipleRecords: (_: string, query: string, pageSize: number) => {
        this.asked.push({ query, pageSize });
        const place = Number(/page=(\d+)/.exec(query)?.[1] ?? 0);
        const nextLink =
          place + 1 < this.pages.length ? `https://org.test/x?page=${place + 1}` : null;
        return Promise.resolve({ entities: this.pages[place], nextLink });
      },
    } as unknown as ComponentFramework.WebApi;
    const send = (): Promise<Response> =>
      Promise.resolve({ status: this.status, retryAfter: null, content: this.content });
    return new WebApiSession(
      ME,
      () => webApi,
      send,
      "https://org.test",
      () => undefined,
    );
  }
}

describe("a segment that is created again", () => {
  it.each<[string, Refusal]>([
    ["the documented code", { errorCode: 0x80040237 }],
    ["the documented code, signed", { errorCode: -2147220937 }],
    ["the code of a key", { errorCode: 0x80060892 }],
    ["a conflict", { httpStatusCode: 409 }],
    ["a failed condition", { status: 412 }],
  ])("is known by %s", async (_, refusal) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;

    expect(await dataverse.session().create(SEGMENTS, SEGMENT, false)).toBe("duplicate");
    expect(dataverse.asked).toEqual([]);
  });

  it.each<[string, Refusal]>([
    ["a code that nobody published", { errorCode: 0x80048888 }],
    ["a status that means something else", { errorCode: 0x80048888, httpStatusCode: 400 }],
    ["a right that is missing for a second create", { httpStatusCode: 403 }],
  ])("is known by its row where it is refused with %s", async (_, refusal) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;
    dataverse.pages = [[SEGMENT]];

    expect(await dataverse.session().create(SEGMENTS, SEGMENT, false)).toBe("duplicate");
    expect(dataverse.asked).toEqual([{ query: KNOWN, pageSize: 500 }]);
  });

  it("is known by its row to a page that leaves, too", async () => {
    const dataverse = new Dataverse();
    dataverse.status = 400;
    dataverse.pages = [[SEGMENT]];

    expect(await dataverse.session().create(SEGMENTS, SEGMENT, true)).toBe("duplicate");
  });
});

describe("a segment that is refused and not there", () => {
  it.each<[Refusal, string]>([
    [{ httpStatusCode: 400 }, "refused"],
    [{ httpStatusCode: 403 }, "forbidden"],
    [{ errorCode: 0x80048888 }, "unreachable"],
  ])("by %j is %s", async (refusal, failure) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;

    await expect(dataverse.session().create(SEGMENTS, SEGMENT, false)).rejects.toMatchObject({
      failure,
    });
  });
});

describe("a row that is like another one", () => {
  const refusals: readonly Refusal[] = [
    { errorCode: SIMILAR, httpStatusCode: 412 },
    { errorCode: SIMILAR | 0, status: 412 },
    { code: SIMILAR },
  ];

  it.each(refusals)("is refused and not told as saved: %j", async (refusal) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;

    await expect(dataverse.session().create(TIME_LOGS, TIME_LOG, false)).rejects.toMatchObject({
      failure: "refused",
    });
  });

  it.each(refusals)("is a duplicate where its own id is taken: %j", async (refusal) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;
    dataverse.pages = [[SEGMENT]];

    expect(await dataverse.session().create(SEGMENTS, SEGMENT, false)).toBe("duplicate");
    expect(dataverse.asked).toEqual([{ query: KNOWN, pageSize: 500 }]);
  });

  it("is refused to a page that leaves, too", async () => {
    const dataverse = new Dataverse();
    dataverse.status = 412;
    dataverse.content = { error: { code: "0x80040333", message: "similar" } };

    await expect(dataverse.session().create(SEGMENTS, SEGMENT, true)).rejects.toMatchObject({
      failure: "refused",
    });
  });
});

it("a segment is known by a conflict to a page that leaves, too", async () => {
  const dataverse = new Dataverse();
  dataverse.status = 412;
  dataverse.content = { error: { code: "0x80040237", message: "taken" } };

  expect(await dataverse.session().create(SEGMENTS, SEGMENT, true)).toBe("duplicate");
  expect(dataverse.asked).toEqual([]);
});

it.each<Refusal>([{ httpStatusCode: 503 }, { httpStatusCode: 429 }, {}])(
  "no row is looked for where nobody has judged: %j",
  async (refusal) => {
    const dataverse = new Dataverse();
    dataverse.refusal = refusal;

    await expect(dataverse.session().create(SEGMENTS, SEGMENT, false)).rejects.toMatchObject({
      failure: "unreachable",
    });
    expect(dataverse.asked).toEqual([]);
  },
);

describe("rows", () => {
  it.each([
    [SEGMENTS, 500],
    ["cht_timelog", 5_000],
  ])("of %s are asked for in pages of %i", async (table, pageSize) => {
    const dataverse = new Dataverse();
    await dataverse.session().find(table, "?$select=x");

    expect(dataverse.asked).toEqual([{ query: "?$select=x", pageSize }]);
  });

  it("of all pages are found", async () => {
    const dataverse = new Dataverse();
    dataverse.pages = [[{ x: 1 }], [{ x: 2 }], [{ x: 3 }]];

    expect(await dataverse.session().find(SEGMENTS, "?$select=x")).toEqual([
      { x: 1 },
      { x: 2 },
      { x: 3 },
    ]);
  });
});
