// Rows and queries.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  CRM,
  FORMATTED,
  client,
  createAccount,
  createCase,
  createContact,
  createTask,
  read,
  refusedWith,
} from "./client.mjs";

describe("rows", () => {
  test("one is created, read, changed and deleted", async () => {
    const key = await createAccount();
    await client.update({ collection: "accounts", key, data: { name: "Fabrikam" } });
    const account = await read("accounts", key, "name");
    await client.deleteRecord({ collection: "accounts", key });

    assert.equal(account.name, "Fabrikam");
    await assert.rejects(read("accounts", key, "name"), refusedWith(404));
  });

  test("one comes back as it was created", async () => {
    const contact = await client.create({
      collection: "contacts",
      data: { firstname: "Kim", lastname: "Akers" },
      select: ["lastname"],
      returnRepresentation: true,
    });

    assert.equal(contact.lastname, "Akers");
    assert.match(contact.contactid, /^[0-9a-f-]{36}$/);
  });

  test("one is created with rows of other tables", async () => {
    const key = await client.create({
      collection: "incidents",
      data: {
        title: "Scanner",
        customerid_account: { name: "Contoso" },
        Incident_Tasks: [{ subject: "Call back" }, { subject: "Write" }],
      },
    });
    const expand = [
      { property: "customerid_account", select: ["name"] },
      { property: "Incident_Tasks", select: ["subject"], orderBy: ["subject"] },
    ];
    const found = await client.retrieve({ collection: "incidents", key, expand });

    assert.equal(found.customerid_account.name, "Contoso");
    assert.deepEqual(
      found.Incident_Tasks.map((task) => task.subject),
      ["Call back", "Write"],
    );
  });

  test("one is put where its id says, or left alone where there is one", async () => {
    const key = crypto.randomUUID();
    const upsert = (name, more) =>
      client.upsert({ collection: "accounts", key, data: { name }, ...more });

    await upsert("Contoso");
    await upsert("Fabrikam");
    await upsert("Woodgrove", { ifnonematch: "*" });

    assert.equal((await read("accounts", key, "name")).name, "Fabrikam");
  });

  test("one is not changed by who has seen an older one", async () => {
    const key = await createAccount();
    const { "@odata.etag": ifmatch } = await read("accounts", key, "name");
    const update = (name) =>
      client.update({ collection: "accounts", key, data: { name }, ifmatch });

    assert.equal(await update("Fabrikam"), true);
    assert.equal(await update("Woodgrove"), false);
    assert.equal((await read("accounts", key, "name")).name, "Fabrikam");
  });

  test("a single value is put and taken away", async () => {
    const key = await createCase();
    await client.updateSingleProperty({
      collection: "incidents",
      key,
      fieldValuePair: { description: "Paper jam" },
    });
    const before = await read("incidents", key, "description");
    await client.deleteRecord({ collection: "incidents", key, property: "description" });

    assert.equal(before.description, "Paper jam");
    assert.equal((await read("incidents", key, "description")).description, null);
  });

  test("labels and tables of lookups come along when asked for", async () => {
    const key = await createCase({ prioritycode: 1 });
    const found = await client.retrieve({
      collection: "incidents",
      key,
      select: ["prioritycode", "_customerid_value"],
      includeAnnotations: "*",
    });

    assert.equal(found[`prioritycode@${FORMATTED}`], "High");
    assert.equal(found[`_customerid_value@${CRM}.lookuplogicalname`], "account");
  });
});

describe("queries", () => {
  test("filters, orders and limits are understood", async () => {
    for (const name of ["q Alpha", "q O'Hara", "q Zoe"]) await createContact(name);
    const found = await client.retrieveMultiple({
      collection: "contacts",
      select: ["lastname"],
      filter: "startswith(lastname,'q ') and lastname ne 'q O''Hara'",
      orderBy: ["lastname desc"],
      top: 5,
      count: true,
    });

    assert.deepEqual(
      found.value.map((row) => row.lastname),
      ["q Zoe", "q Alpha"],
    );
    assert.equal(found.oDataCount, 2);
  });

  test("a bracket is a character like any other in a list of values", async () => {
    await createContact("in a]b");
    const filter = `${CRM}.In(PropertyName='lastname',PropertyValues=["in a]b","in c"])`;
    const found = await client.retrieveMultiple({ collection: "contacts", filter });

    assert.deepEqual(
      found.value.map((row) => row.lastname),
      ["in a]b"],
    );
  });

  test("pages follow each other to the end", async () => {
    for (let number = 0; number < 5; number += 1) await createTask(`page ${number}`);
    const filter = "startswith(subject,'page ')";
    const request = { collection: "tasks", select: ["subject"], filter, maxPageSize: 2 };
    const first = await client.retrieveMultiple(request);
    const all = await client.retrieveAll(request);

    assert.equal(first.value.length, 2);
    assert.equal(all.value.length, 5);
  });

  test("what is too long for an address is asked in a batch", async () => {
    const key = await createAccount();
    const others = Array.from({ length: 80 }, () => `accountid eq ${crypto.randomUUID()}`);
    const filter = [`accountid eq ${key}`, ...others].join(" or ");
    const { value } = await client.retrieveMultiple({ collection: "accounts", filter });

    assert.deepEqual(
      value.map((account) => account.accountid),
      [key],
    );
  });

  test("rows are counted", async () => {
    await createContact("counted");
    const filter = "lastname eq 'counted'";

    assert.equal(await client.count({ collection: "contacts", filter }), 1);
    assert.ok((await client.count({ collection: "contacts" })) >= 1);
    assert.equal(await client.countAll({ collection: "contacts", filter }), 1);
  });

  test("rows are grouped and summed up", async () => {
    for (const actualdurationminutes of [10, 20]) {
      await client.create({
        collection: "tasks",
        data: { subject: "summed up", actualdurationminutes },
      });
    }
    const sums = "aggregate(actualdurationminutes with sum as minutes)";
    const apply = `filter(subject eq 'summed up')/groupby((subject),${sums})`;
    const { value } = await client.retrieveMultiple({ collection: "tasks", apply });

    assert.deepEqual(value, [{ subject: "summed up", minutes: 30 }]);
  });

  test("one acts for somebody else", async () => {
    const filter = "applicationid ne null";
    const { value } = await client.retrieveMultiple({ collection: "systemusers", filter });
    const [{ systemuserid: impersonate }] = value;

    assert.equal((await client.callFunction({ name: "WhoAmI", impersonate })).UserId, impersonate);
  });

  test("functions and actions are called", async () => {
    const me = await client.callFunction("WhoAmI");
    const key = await createCase();
    await client.callAction({
      actionName: "CloseIncident",
      action: {
        Status: -1,
        IncidentResolution: {
          "@odata.type": `${CRM}.incidentresolution`,
          subject: "Done",
          "incidentid@odata.bind": `/incidents(${key})`,
        },
      },
    });

    assert.match(me.UserId, /^[0-9a-f-]{36}$/);
    assert.equal((await read("incidents", key, "statecode")).statecode, 1);
  });

  test("what the mock does not know it says so", async () => {
    const fetchXml =
      "<fetch><entity name='account'><link-entity name='contact' from='contactid'" +
      " to='primarycontactid'/></entity></fetch>";

    await assert.rejects(client.fetch({ collection: "accounts", fetchXml }), refusedWith(501));
  });
});
