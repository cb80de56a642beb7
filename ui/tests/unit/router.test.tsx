// The address holds a screen's whole state: what goes in comes out, and what cannot be read is left out rather than failing.
import { createMemoryHistory } from "@tanstack/react-router";
import { beforeEach, describe, expect, it } from "vitest";
import { rememberAddress, screenAddress, startAddress } from "../../src/app/remember";
import { makeRouter } from "../../src/app/router";
import { putPreference } from "../../src/ipc";
import { fromLink, parseListSearch, toLink } from "../../src/shared/hooks";
import { setUp } from "./harness";

beforeEach(() => setUp());

const at = async (address: string) => {
  const router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
  await router.load();
  return router;
};

describe("an address", () => {
  it("carries search, chips, order and the open pane there and back", async () => {
    const search = {
      q: "周会 & <b>",
      f: ["status=active,ended", "creator!=12", "~recorded=yes"],
      sort: "-start",
      show: "48224",
    };
    const router = await at("/overview");
    await router.navigate({ to: "/meetings", search });
    const again = await at(router.state.location.href);
    expect(again.state.location.search).toEqual(search);
    expect(again.state.location.pathname).toBe("/meetings");
  });

  it("keeps an id beyond 2^53 exact", async () => {
    const router = await at("/overview");
    await router.navigate({ to: "/meetings", search: { show: "9007199254740993" } });
    const again = await at(router.state.location.href);
    expect(again.state.location.search).toEqual({ show: "9007199254740993" });
  });

  it("opens with what can be read of an old link", () => {
    expect(parseListSearch({ q: 42, f: "live=yes", sort: { by: "start" }, unknown: 1 })).toEqual({
      q: "42",
      f: ["live=yes"],
    });
  });

  it("survives being copied as a link", () => {
    const href = '/meetings?f=%5B"live%3Dyes"%5D&q=a';
    expect(fromLink(toLink(href))).toBe(href);
  });

  it("of the first start is the overview", async () => {
    expect((await at("/")).state.location.pathname).toBe("/overview");
  });
});

describe("the window remembers", () => {
  it("where it was", async () => {
    rememberAddress("/meetings/48224");
    expect(startAddress()).toBe("/meetings/48224");
    expect((await at("/")).state.location.pathname).toBe("/meetings/48224");
  });

  it("each screen's filters for the rail, and never a detail page", () => {
    rememberAddress('/meetings?f=%5B"live%3Dyes"%5D');
    rememberAddress("/meetings/48224");
    expect(screenAddress("meetings")).toBe('/meetings?f=%5B"live%3Dyes"%5D');
    expect(screenAddress("people")).toBe("/people");
  });

  it("nothing it cannot make sense of", () => {
    putPreference("window.route", "javascript:alert(1)");
    expect(startAddress()).toBe("/overview");
  });
});
