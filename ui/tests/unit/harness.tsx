// A part of the page with everything it stands on: words, theme, queries, a shell of invented data.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { makeQueryClient } from "../../src/app/queryClient";
import { makeRouter } from "../../src/app/router";
import { type Language, startI18n } from "../../src/i18n";
import { loadPreferences, type Preference, resetPreferences } from "../../src/ipc";
import { cssVariablesResolver, theme } from "../../src/shared/theme";
import { installFixture } from "../fixture/ipc";

type Setup = {
  language?: Language;
  query?: string;
  preferences?: Preference[];
  overrides?: Record<string, (args: never) => unknown>;
};

export async function setUp({ language = "en", query = "", preferences, overrides }: Setup = {}) {
  resetPreferences();
  const chosen = [{ key: "language", value: language }, ...(preferences ?? [])];
  const kept = installFixture(new URLSearchParams(query), { preferences: chosen, overrides });
  await loadPreferences();
  await startI18n(language);
  return kept;
}

export function show(ui: ReactNode) {
  const client = makeQueryClient();
  return {
    client,
    ...render(
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
        <QueryClientProvider client={client}>{ui}</QueryClientProvider>
      </MantineProvider>,
    ),
  };
}

/** The whole page at an address. */
export async function showAt(address: string, setup: Setup = {}) {
  const kept = await setUp(setup);
  const router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
  return { kept, router, ...show(<RouterProvider router={router} />) };
}
