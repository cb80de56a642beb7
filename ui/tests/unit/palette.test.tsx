// The palette over the whole page: by keyboard alone, with an input method, with pasted ids and links.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { answersTo, bareId, parsePasted, RECENTS_KEPT, withRecent } from "../../src/app/palette/items";
import { showAt } from "./harness";

async function openPalette(setup: Parameters<typeof showAt>[1] = {}) {
  const page = await showAt("/settings", setup);
  await screen.findByRole("heading", { name: /settings|设置/i });
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  const field = await screen.findByRole("combobox", { name: /command palette|命令面板/i });
  return { ...page, field, user: userEvent.setup() };
}
const selected = () => screen.getByRole("option", { selected: true });

describe("the palette", () => {
  it("opens on Ctrl-K, moves with the arrows, goes on Enter", async () => {
    const { field, user, router } = await openPalette();
    await user.type(field, "audit");
    await waitFor(() => expect(selected()).toHaveTextContent("Audit"));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/audit"));
    expect(screen.queryByRole("combobox", { name: "Command palette" })).not.toBeInTheDocument();
  });

  it("finds people and meetings by what they are called", async () => {
    const { field, user, router } = await openPalette();
    await user.type(field, "周文澜");
    const person = await screen.findByRole("option", { name: "周文澜, zhou.wenlan · active" });
    expect(within(screen.getByRole("group", { name: "People" })).getAllByRole("option")[0]).toBe(person);
    await user.click(person);
    await waitFor(() => expect(router.state.location.pathname).toBe("/people/1002"));
  });

  it("leaves every key to an input method that is composing", async () => {
    const { field, router } = await openPalette();
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    fireEvent.keyDown(field, { key: "ArrowDown", keyCode: 229 });
    fireEvent.keyDown(field, { key: "Escape", keyCode: 229 });
    expect(field).toBeInTheDocument();
    expect(router.state.location.pathname).toBe("/settings");
    expect(field.getAttribute("aria-activedescendant")).toMatch(/-0$/);
  });

  it("opens a pasted id as what it may be, in a window of its own with Ctrl", async () => {
    const windowOpen = vi.fn(() => null);
    const { field, user } = await openPalette({ overrides: { window_open: windowOpen } });
    await user.type(field, "48224");
    expect(await screen.findByRole("option", { name: /Open meeting 48224/ })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(windowOpen).toHaveBeenCalledWith({ route: "/meetings/48224" }));
  });

  it("offers actions on Tab and comes back on Backspace", async () => {
    const { field, user } = await openPalette();
    await user.type(field, "a.berg");
    await screen.findByRole("option", { name: /Anneli Berg.*a\.berg · active/ });
    fireEvent.keyDown(field, { key: "Tab" });
    expect(await screen.findByRole("option", { name: /Meetings with this person/ })).toBeInTheDocument();
    fireEvent.keyDown(field, { key: "Backspace" });
    await waitFor(() =>
      expect(screen.queryByRole("option", { name: /Meetings with this person/ })).not.toBeInTheDocument(),
    );
  });

  it("switches the language, and speaks it at once", async () => {
    const { field, user } = await openPalette();
    await user.type(field, "中文");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "设置" })).toBeInTheDocument();
  });

  it("says what could not be searched and still shows the rest", async () => {
    const problem = {
      code: "store_down",
      message: "postgres is down",
      retryable: true,
      hint: null,
      diagnostic_id: "err-1",
      store: "postgres",
      outcome: null,
    };
    const { field, user } = await openPalette({
      overrides: { search: () => ({ users: [], meetings: [], recordings: [], problems: [problem] }) },
    });
    await user.type(field, "over");
    expect(await screen.findByRole("alert")).toHaveTextContent("The store is down");
    expect(screen.getByRole("option", { name: /Overview/ })).toBeInTheDocument();
  });

  it("closes on Escape", async () => {
    const { field, user } = await openPalette();
    await user.keyboard("{Escape}");
    expect(field).not.toBeInTheDocument();
  });
});

describe("a pasted text", () => {
  it("is understood as link, key or id", () => {
    expect(parsePasted("greenroom://recordings/30114?t=90")).toEqual({
      kind: "link",
      href: "/recordings/30114?t=90",
    });
    expect(parsePasted("tauri://localhost/meetings/7")).toEqual({ kind: "link", href: "/meetings/7" });
    expect(parsePasted(" room:48224 ")).toEqual({ kind: "meeting", id: "48224" });
    expect(parsePasted("lock:meeting_48224")).toEqual({ kind: "meeting", id: "48224" });
    expect(parsePasted("user 42")).toEqual({ kind: "user", id: "42" });
    expect(parsePasted("/etc/passwd")).toBeNull();
    expect(bareId("30 114")).toBe("30114");
    expect(bareId("x1")).toBeNull();
  });
});

it("an item answers to all the words typed, in any order", () => {
  const item = { key: "a", icon: "audit", label: "Dark appearance", words: "theme 主题" } as const;
  expect(answersTo(item, "appear dark")).toBe(true);
  expect(answersTo(item, "主题")).toBe(true);
  expect(answersTo(item, "light")).toBe(false);
});

it("recents hold each thing once and no more than they may", () => {
  const recent = (n: number) => ({ href: `/meetings/${n}`, icon: "meetings" as const, label: String(n) });
  let recents = Array.from({ length: 20 }, (_, n) => recent(n)).reduce(
    withRecent,
    [] as ReturnType<typeof recent>[],
  );
  expect(recents).toHaveLength(RECENTS_KEPT);
  recents = withRecent(recents, recent(15));
  expect(recents.map(({ label }) => label).slice(0, 2)).toEqual(["15", "19"]);
});
