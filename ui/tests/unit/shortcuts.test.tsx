// Keys: Ctrl and Cmd alike, never while composing, never a bare letter in a text field.
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { resetPreferences } from "../../src/ipc";
import { changeKeys, keysFrom, keysOf, matches, type Shortcut, useShortcuts } from "../../src/shared/hooks";

vi.mock("../../src/ipc/bindings", () => ({ commands: { preferencePut: async () => null }, events: {} }));

const run = vi.fn();
function Page({ shortcuts }: { shortcuts: Shortcut[] }) {
  useShortcuts(shortcuts);
  return <input aria-label="field" />;
}
const shortcut = (id: string, keys: string): Shortcut => ({
  id,
  keys,
  label: id,
  group: "test",
  run: () => run(id),
});

beforeEach(() => {
  resetPreferences();
  run.mockReset();
});

describe("a shortcut", () => {
  it("answers to Ctrl and to Cmd", () => {
    render(<Page shortcuts={[shortcut("palette", "mod+k")]} />);
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "k", metaKey: true });
    fireEvent.keyDown(document.body, { key: "k" });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("does not fire while an input method is composing", () => {
    render(<Page shortcuts={[shortcut("palette", "mod+k"), shortcut("filter", "/")]} />);
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(document.body, { key: "/", keyCode: 229 });
    expect(run).not.toHaveBeenCalled();
  });

  it("leaves bare letters to a text field, and keys with Ctrl to nobody else", () => {
    render(<Page shortcuts={[shortcut("filter", "/"), shortcut("palette", "mod+k")]} />);
    const field = screen.getByLabelText("field");
    fireEvent.keyDown(field, { key: "/" });
    expect(run).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: "k", ctrlKey: true });
    expect(run).toHaveBeenCalledExactlyOnceWith("palette");
  });

  it("belongs to the screen mounted last, and comes back when that leaves", () => {
    render(<Page shortcuts={[shortcut("below", "escape")]} />);
    const above = render(<Page shortcuts={[shortcut("above", "escape")]} />);
    fireEvent.keyDown(document.body, { key: "Escape" });
    above.unmount();
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(run.mock.calls).toEqual([["above"], ["below"]]);
  });

  it("can be given another key, and its own back", () => {
    const palette = shortcut("palette", "mod+k");
    render(<Page shortcuts={[palette]} />);
    changeKeys("palette", "mod+p");
    expect(keysOf(palette)).toBe("mod+p");
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "p", ctrlKey: true });
    expect(run).toHaveBeenCalledOnce();
    changeKeys("palette", null);
    expect(keysOf(palette)).toBe("mod+k");
  });
});

describe("keys", () => {
  const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

  it("match a sign with whatever Shift it takes to type it", () => {
    expect(matches(press({ key: "?", shiftKey: true }), "?")).toBe(true);
    expect(matches(press({ key: "?" }), "?")).toBe(true);
  });

  it("match a letter by its place on a keyboard of another script", () => {
    expect(matches(press({ key: "л", code: "KeyK", ctrlKey: true }), "mod+k")).toBe(true);
  });

  it("do not match with a modifier too many", () => {
    expect(matches(press({ key: "k", ctrlKey: true, shiftKey: true }), "mod+k")).toBe(false);
    expect(matches(press({ key: "k", ctrlKey: true, altKey: true }), "mod+k")).toBe(false);
  });

  it("are written the way they are matched", () => {
    for (const event of [
      press({ key: "K", ctrlKey: true, shiftKey: true }),
      press({ key: "?", shiftKey: true }),
      press({ key: " " }),
    ]) {
      expect(matches(event, keysFrom(event) ?? "")).toBe(true);
    }
    expect(keysFrom(press({ key: "Shift" }))).toBeNull();
  });
});
