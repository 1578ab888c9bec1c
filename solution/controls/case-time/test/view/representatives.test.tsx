import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FakeWidget, PEOPLE, person, seconds } from "./fakeWidget";
import { button, plain, show, tabTo } from "./show";

test("the faces say how many worked on the case and who", () => {
  show(new FakeWidget({ people: PEOPLE }));

  expect(
    button("2 representatives worked on this case: Amira (demo) (you), Ben (demo)"),
  ).toBeTruthy();
});

test("behind the faces is who did how much, and the keyboard opens and closes it", async () => {
  const { user } = show(new FakeWidget({ people: PEOPLE }));
  const faces = button(/representatives worked/);

  await tabTo(user, faces);
  await user.keyboard("{Enter}");
  const list = await screen.findByRole("list");
  const [, ben] = within(list).getAllByRole("listitem");
  expect(plain(ben?.textContent)).toMatch(
    /Ben \(demo\)2 hrAutomatic: 1 hr 30 minTime logs: 15 minActivities: 15 minLast seen /,
  );

  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("list")).toBeNull());
});

test("somebody who never had the form open is told as such", async () => {
  const { user } = show(new FakeWidget({ people: [person("x", "Zoe", false, seconds(0, 0, 60))] }));

  await user.click(button("1 representative worked on this case: Zoe"));

  expect(screen.getByText("Not seen on the case form")).toBeTruthy();
});

test("many faces are few and a number, and the name still has all", () => {
  const people = ["Ann", "Bea", "Cid", "Dan", "Eve"].map((name) =>
    person(name, name, false, seconds(60, 0, 0)),
  );
  show(new FakeWidget({ people }));

  expect(screen.getByText("+2")).toBeTruthy();
  expect(button(/Ann, Bea, Cid, Dan, Eve$/)).toBeTruthy();
});

test("images come from the environment", () => {
  const [amira] = PEOPLE;
  show(new FakeWidget({ people: [{ ...amira!, imageUrl: "/Image/download.aspx?Id=a1" }] }));

  expect(document.querySelector("img")?.getAttribute("src")).toBe(
    "https://office.example/Image/download.aspx?Id=a1",
  );
});

test("nobody yet is nothing to press", () => {
  show(new FakeWidget({ people: [] }));

  expect(screen.queryByRole("button", { name: /worked on this case/ })).toBeNull();
});
