// Batches with change sets, alternate keys, bulk actions, elastic rows and definitions.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DynamicsWebApi } from "dynamics-web-api";
import {
  CRM,
  client,
  config,
  createAccount,
  createCase,
  createContact,
  read,
  refusedWith,
} from "./client.mjs";

const CONTACT = "LogicalName='contact'";

/** Make a key of one column of contacts, and look until it can be used. */
async function createKey(SchemaName, column) {
  const keys = { collection: "EntityDefinitions", key: CONTACT, navigationProperty: "Keys" };
  await client.create({ ...keys, data: { SchemaName, KeyAttributes: [column] } });
  const states = [];
  for (let look = 0; look < 100 && states.at(-1) !== "Active"; look += 1) {
    states.push((await client.retrieve(keys)).value[0].EntityKeyIndexStatus);
  }
  assert.equal(states.at(-1), "Active");
}

describe("batches", () => {
  test("reads and writes share one request", async () => {
    const key = await createAccount();
    client.startBatch();
    client.retrieve({ collection: "accounts", key, select: ["name"] });
    client.retrieveMultiple({ collection: "accounts", filter: `accountid eq ${key}` });
    client.create({ collection: "contacts", data: { lastname: "Akers" } });
    client.count({ collection: "accounts" });
    const [account, accounts, contact, count] = await client.executeBatch();

    assert.equal(account.name, "Contoso");
    assert.equal(accounts.value.length, 1);
    assert.match(contact, /^[0-9a-f-]{36}$/);
    assert.ok(count >= 1);
  });

  test("a change set refers to what it made", async () => {
    client.startBatch();
    client.create({ collection: "accounts", data: { name: "Fabrikam" }, contentId: "1" });
    client.create({
      collection: "incidents",
      data: { title: "Printer", "customerid_account@odata.bind": "$1" },
      contentId: "2",
    });
    client.create({ collection: "tasks", data: { subject: "Call back" }, contentId: "3" });
    client.associate({ contentId: "$2", relationshipName: "Incident_Tasks", relatedKey: "$3" });
    client.update({ data: { description: "Paper jam" }, contentId: "$2" });
    const [, key, task] = await client.executeBatch();

    const expand = [{ property: "customerid_account", select: ["name"] }];
    const select = ["description"];
    const found = await client.retrieve({ collection: "incidents", key, select, expand });
    assert.equal(found.customerid_account.name, "Fabrikam");
    assert.equal(found.description, "Paper jam");
    assert.equal(
      (await read("tasks", task, "_regardingobjectid_value"))._regardingobjectid_value,
      key,
    );
  });

  test("a change set is all or nothing", async () => {
    const key = crypto.randomUUID();
    client.startBatch();
    client.create({ collection: "accounts", data: { accountid: key, name: "Contoso" } });
    client.create({ collection: "accounts", data: { name: "x".repeat(161) } });

    await assert.rejects(client.executeBatch());
    await assert.rejects(read("accounts", key, "name"), refusedWith(404));
  });

  test("what is not in a change set goes on after an error if asked to", async () => {
    client.startBatch();
    client.create({ collection: "accounts", data: { nothing: 1 }, inChangeSet: false });
    client.create({ collection: "accounts", data: { name: "Contoso" }, inChangeSet: false });
    const [refused, created] = await client.executeBatch({ continueOnError: true });

    assert.equal(refused.status, 400);
    assert.match(created, /^[0-9a-f-]{36}$/);
  });
});

describe("alternate keys", () => {
  test("a row is written, read, bound and deleted by one", async () => {
    await createKey("cht_ByEmail", "emailaddress1");
    const byEmail = { collection: "contacts", key: "emailaddress1='o''hara@contoso.com'" };
    await client.upsert({ ...byEmail, data: { lastname: "O'Hara" } });
    const contact = await client.retrieve({ ...byEmail, select: ["lastname"] });
    const binding = { "primarycontactid@odata.bind": `/contacts(${byEmail.key})` };
    const found = await read("incidents", await createCase(binding), "_primarycontactid_value");
    await client.deleteRecord(byEmail);

    assert.equal(contact.lastname, "O'Hara");
    assert.equal(found._primarycontactid_value, contact.contactid);
    await assert.rejects(client.retrieve(byEmail), refusedWith(404));
  });
});

describe("bulk", () => {
  test("many rows are created in one request", async () => {
    const Targets = ["bulk 1", "bulk 2"].map((subject) => ({
      "@odata.type": `${CRM}.task`,
      subject,
    }));
    const actionName = `${CRM}.CreateMultiple`;
    const { Ids } = await client.callAction({
      collection: "tasks",
      actionName,
      action: { Targets },
    });

    assert.equal(Ids.length, 2);
    assert.equal((await read("tasks", Ids[1], "subject")).subject, "bulk 2");
  });
});

describe("elastic rows", () => {
  test("one is found in its partition only", async () => {
    const { UserId } = await client.callFunction("WhoAmI");
    const collection = "cht_focussegments";
    const id = crypto.randomUUID();
    await client.create({
      collection,
      data: {
        cht_focussegmentid: id,
        partitionid: UserId,
        "cht_CaseId@odata.bind": `/incidents(${await createCase()})`,
        "cht_RepresentativeId@odata.bind": `/systemusers(${UserId})`,
      },
    });
    const key = `cht_focussegmentid=${id},partitionid='${UserId}'`;

    assert.equal((await read(collection, key, "partitionid")).partitionid, UserId);
    await assert.rejects(read(collection, id, "partitionid"), refusedWith(404));
  });
});

describe("definitions", () => {
  test("tables are found by a filter", async () => {
    const select = ["LogicalName", "EntitySetName"];
    const filter = "LogicalName eq 'incident' or LogicalName eq 'task'";
    const { value } = await client.retrieveEntities({ select, filter });

    assert.deepEqual(value.map((table) => table.EntitySetName).sort(), ["incidents", "tasks"]);
  });

  test("one table is found by its name, with columns of one type", async () => {
    const filter = `AttributeType eq ${CRM}.AttributeTypeCode'State'`;
    const table = await client.retrieveEntity({
      key: CONTACT,
      select: ["EntitySetName"],
      expand: [{ property: "Attributes", select: ["LogicalName"], filter }],
    });

    assert.equal(table.EntitySetName, "contacts");
    assert.deepEqual(
      table.Attributes.map((column) => column.LogicalName),
      ["statecode"],
    );
  });

  test("columns are found by a filter, and one by its name", async () => {
    const entityKey = "LogicalName='account'";
    const castType = `${CRM}.StringAttributeMetadata`;
    const filter = "IsPrimaryName eq true";
    const { value } = await client.retrieveAttributes({ entityKey, castType, filter });
    const attributeKey = "LogicalName='name'";
    const column = await client.retrieveAttribute({ entityKey, attributeKey, castType });

    assert.deepEqual(
      value.map((found) => found.LogicalName),
      ["name"],
    );
    assert.equal(column.MaxLength, 160);
  });

  test("a relationship is found by a filter and by its id", async () => {
    const castType = `${CRM}.OneToManyRelationshipMetadata`;
    const filter = "ReferencingEntity eq 'cht_timelog' and ReferencingAttribute eq 'cht_caseid'";
    const { value } = await client.retrieveRelationships({ castType, filter });
    const key = value[0].MetadataId;
    const relationship = await client.retrieveRelationship({ key, castType });

    assert.equal(value.length, 1);
    assert.equal(relationship.ReferencedEntity, "incident");
  });

  test("a global choice is found by its name", async () => {
    const { value } = await client.retrieveGlobalOptionSets({ select: ["Name"] });
    const choice = await client.retrieveGlobalOptionSet({ key: `Name='${value[0].Name}'` });

    assert.ok(choice.Options.length > 0);
  });

  test("names of tables can stand for those of their sets", async () => {
    const byTable = new DynamicsWebApi({ ...config, useEntityNames: true });
    const key = await createContact("Akers");

    assert.equal((await byTable.retrieve({ collection: "contact", key })).lastname, "Akers");
  });
});
