import { describe, expect, it } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import {
  type Request,
  type Response,
  ServiceGateway,
  type TokenSource,
} from "../../CaseTime/core/serviceGateway";

class Tokens implements TokenSource {
  public current: string | undefined = "first";
  public renewed = 0;

  public token(): Promise<string> {
    if (this.current === undefined) {
      this.renewed += 1;
      this.current = "renewed";
    }
    return Promise.resolve(this.current);
  }

  public tokenNow(): string | undefined {
    return this.current;
  }

  public forget(): void {
    this.current = undefined;
  }

  public signIn(): Promise<void> {
    return Promise.resolve();
  }
}

function gateway(answers: readonly Partial<Response>[]): {
  readonly service: ServiceGateway;
  readonly sent: Request[];
  readonly tokens: Tokens;
} {
  const sent: Request[] = [];
  const tokens = new Tokens();
  const send = (request: Request): Promise<Response> => {
    const answer = answers[sent.length] ?? {};
    sent.push(request);
    return Promise.resolve({ status: 200, retryAfter: null, content: {}, ...answer });
  };
  const service = new ServiceGateway("https://api.test/api", tokens, send, () => "desk app");
  return { service, sent, tokens };
}

const report = {
  caseId: "case",
  sentAt: "2026-03-10T09:00:00.000Z",
  segments: [],
  surface: "hub",
} as const;

describe("calls to the service", () => {
  it("tell that focus came, with everything that waits", async () => {
    const { service, sent } = gateway([]);

    await service.report({ ...report, event: "gained" });

    expect(sent[0]).toMatchObject({
      method: "POST",
      url: "https://api.test/api/cases/case/focus",
      headers: { authorization: "Bearer first", "content-type": "application/json" },
    });
    expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
      event: "gained",
      sentAt: "2026-03-10T09:00:00.000Z",
      segments: [],
      surface: "hub",
      app: "desk app",
    });
  });

  it("ask for figures without an event", async () => {
    const { service, sent } = gateway([]);

    await service.report({ ...report, event: "refresh" });

    expect(sent[0]?.url).toBe("https://api.test/api/cases/case/refresh");
    expect(JSON.parse(sent[0]?.body ?? "")).not.toHaveProperty("event");
  });

  it("name the app whose settings count", async () => {
    const { service, sent } = gateway([]);

    await service.history("case", "timeLogs", "a/b");

    expect(sent[0]?.url).toBe(
      "https://api.test/api/cases/case/history?app=desk%20app&section=timeLogs&cursor=a%2Fb",
    );
  });

  it("renew a token that the service refuses, once", async () => {
    const { service, sent, tokens } = gateway([{ status: 401 }]);

    await service.history("case");

    expect(sent.map(({ headers }) => headers["authorization"])).toEqual([
      "Bearer first",
      "Bearer renewed",
    ]);
    expect(tokens.renewed).toBe(1);
  });

  it("that outlive the page start at once with the token in hand", () => {
    const { service, sent } = gateway([]);

    void service.deliver({ sentAt: report.sentAt, segments: [] }, { keepalive: true });

    expect(sent).toMatchObject([{ keepalive: true, url: "https://api.test/api/segments" }]);
  });

  it("that outlive the page are not made without a token in hand", () => {
    const { service, tokens } = gateway([]);
    tokens.forget();

    const lastCall = (): unknown =>
      service.report({ ...report, event: "lost" }, { keepalive: true });

    expect(lastCall).toThrow(GatewayError);
    expect(tokens.renewed).toBe(0);
  });

  it("that outlive the page do not give the service up for a token that aged", async () => {
    const { service } = gateway([{ status: 401 }]);

    await expect(
      service.deliver({ sentAt: report.sentAt, segments: [] }, { keepalive: true }),
    ).rejects.toMatchObject({ failure: "unreachable" });
  });

  it("have a token in hand once it was made ready", async () => {
    const { service, tokens } = gateway([]);
    tokens.forget();

    await service.prepare();

    expect(tokens.tokenNow()).toBe("renewed");
  });
});

describe("what the service refuses", () => {
  it.each([
    [401, "signIn"],
    [403, "forbidden"],
    [404, "missing"],
    [409, "refused"],
    [422, "refused"],
    [429, "unreachable"],
    [500, "unreachable"],
    [503, "unreachable"],
  ])("with %i is %s", async (status, failure) => {
    const { service } = gateway([{ status }, { status }]);

    await expect(service.history("case")).rejects.toMatchObject({ failure });
  });

  it("names the field and what is wrong there", async () => {
    const content = { title: "not valid", errors: [{ field: "minutes", detail: "too many" }] };
    const { service } = gateway([{ status: 422, content }]);

    await expect(service.voidTimeLog("case", "log")).rejects.toMatchObject({
      message: "too many",
      detail: { field: "minutes" },
    });
  });

  it.each([
    { retryAfter: "17" },
    { content: { title: "Dataverse does not answer", retryAfterSeconds: 17 } },
  ])("says when to come again: %j", async (answer) => {
    const { service } = gateway([{ status: 503, ...answer }]);

    await expect(service.history("case")).rejects.toMatchObject({
      detail: { retryAfterSeconds: 17 },
    });
  });
});
