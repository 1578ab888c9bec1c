// Lookups and collections: set, followed, cleared, joined and left.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  NOBODY,
  client,
  createCase,
  createContact,
  createTask,
  read,
  refusedWith,
} from "./client.mjs";

describe("related rows", () => {
  test("a lookup is set, followed and cleared", async () => {
    const primaryKey = await createCase();
    const navigation = {
      collection: "incidents",
      primaryKey,
      navigationProperty: "primarycontactid",
    };
    const follow = () =>
      client.retrieve({
        collection: "incidents",
        key: primaryKey,
        navigationProperty: "primarycontactid",
        select: ["lastname"],
      });

    const relatedKey = await createContact("Akers");
    await client.associateSingleValued({
      ...navigation,
      relatedCollection: "contacts",
      relatedKey,
    });
    const set = await follow();
    await client.disassociateSingleValued(navigation);

    assert.equal(set.lastname, "Akers");
    assert.equal(
      (await read("incidents", primaryKey, "_primarycontactid_value"))._primarycontactid_value,
      null,
    );
  });

  test("a collection gains and loses a row", async () => {
    const primaryKey = await createCase();
    const relatedKey = await createTask("Call back");
    const relation = {
      collection: "incidents",
      primaryKey,
      relationshipName: "Incident_Tasks",
      relatedKey,
    };
    const tasks = async () => {
      const navigationProperty = "Incident_Tasks";
      const request = { collection: "incidents", key: primaryKey, navigationProperty };
      return (await client.retrieve({ ...request, select: ["subject"] })).value;
    };

    await client.associate({ ...relation, relatedCollection: "tasks" });
    const gained = await tasks();
    await client.disassociate(relation);

    assert.deepEqual(
      gained.map((task) => task.subject),
      ["Call back"],
    );
    assert.deepEqual(await tasks(), []);
    assert.equal((await read("tasks", relatedKey, "subject")).subject, "Call back");
  });

  test("a collection tells where its rows are", async () => {
    const key = await createCase({ Incident_Tasks: [{ subject: "Call back" }] });
    const select = ["Incident_Tasks/$ref"];
    const { value } = await client.retrieve({ collection: "incidents", key, select });

    assert.deepEqual(
      value.map((reference) => /\/tasks\([0-9a-f-]{36}\)$/.test(reference["@odata.id"])),
      [true],
    );
  });

  test("a lookup tells where its row is", async () => {
    const id = await createContact("Akers");
    const key = await createCase({ "primarycontactid@odata.bind": `/contacts(${id})` });
    const select = ["primarycontactid/$ref"];
    const reference = await client.retrieve({ collection: "incidents", key, select });

    assert.deepEqual(reference, {
      id,
      collection: "contacts",
      oDataContext: reference.oDataContext,
    });
  });

  test("nobody is associated with who is not there", async () => {
    const request = {
      collection: "incidents",
      primaryKey: await createCase(),
      navigationProperty: "primarycontactid",
      relatedCollection: "contacts",
      relatedKey: NOBODY,
    };

    await assert.rejects(client.associateSingleValued(request), refusedWith(404));
  });
});
