import { describe, expect, it } from "vitest";
import { GatewayError, type TimeGateway } from "../../CaseTime/core/gateway";
import { AGAIN_AFTER_MS, GatewayChoice } from "../../CaseTime/core/gatewayChoice";
import { FakeService, type Fault } from "./fakeService";

class World {
  public readonly service = new FakeService();
  public readonly rows = new FakeService();
  public loads = 0;
  public now = 0;
  public changes = 0;
  public present: TimeGateway | undefined;
  public readonly choice: GatewayChoice;

  public constructor(withService = true) {
    this.choice = new GatewayChoice(withService ? this.service : undefined, this, () => this.now);
    this.choice.onChange = () => {
      this.changes += 1;
    };
  }

  public load(): Promise<TimeGateway> {
    this.loads += 1;
    this.present = this.rows;
    return Promise.resolve(this.rows);
  }

  public failing(fault: Fault): this {
    this.service.fault = () => fault;
    return this;
  }

  public ask(): Promise<unknown> {
    return this.choice.ask((gateway) => gateway.history("case"));
  }
}

describe("the way to the service", () => {
  it("is taken where it is open, and the other not even loaded", async () => {
    const world = new World();

    await world.ask();

    expect(world.loads).toBe(0);
    expect(world.choice.route).toBe("service");
  });

  it("gives way to Dataverse where she would have to sign in, which is offered", async () => {
    const world = new World().failing("signIn");

    await world.ask();

    expect(world.rows.calls).toHaveLength(1);
    expect(world.choice).toMatchObject({ route: "withoutSignIn", signInOffered: true });
    expect(world.choice.abilities).toEqual({ everyone: false, correction: false });
    expect(world.changes).toBe(1);
  });

  it("gives way without an offer where the content policy forbids it", async () => {
    const world = new World();
    world.service.history = () => Promise.reject(new GatewayError("blocked", "policy"));

    await world.ask();

    expect(world.choice).toMatchObject({ route: "withoutSignIn", signInOffered: false });
  });

  it("does not give way to a service that is only away", async () => {
    const world = new World().failing("before");

    await expect(world.ask()).rejects.toMatchObject({ failure: "unreachable" });
    expect(world.loads).toBe(0);
  });

  it("is tried again after a while", async () => {
    const world = new World().failing("signIn");
    await world.ask();
    await world.ask();
    expect(world.service.calls).toHaveLength(1);

    world.service.fault = () => undefined;
    world.now = AGAIN_AFTER_MS;
    await world.ask();

    expect(world.choice.route).toBe("service");
  });

  it("is taken at once when she has signed in", async () => {
    const world = new World().failing("signIn");
    await world.ask();
    world.service.fault = () => undefined;
    await world.choice.signIn();
    await world.ask();

    expect(world.service.calls).toHaveLength(2);
    expect(world.choice.route).toBe("service");
  });

  it("does not exist where no address is configured", async () => {
    const world = new World(false);

    await world.ask();

    expect(world.choice).toMatchObject({ route: "withoutSignIn", signInOffered: false });
  });
});
