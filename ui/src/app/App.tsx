// The providers, and the router inside them.
import { MantineProvider } from "@mantine/core";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { isMainWindow, usePreference } from "../ipc";
import { cssVariablesResolver, theme } from "../shared/theme";
import { makeQueryClient } from "./queryClient";
import { rememberAddress } from "./remember";
import { makeRouter } from "./router";

// Nothing is toasted before something happened: not on the way to the first paint.
const Notifications = lazy(() =>
  import("@mantine/notifications").then(({ Notifications }) => ({ default: Notifications })),
);

export type Scheme = "light" | "dark" | "auto";

export function App() {
  const [queries] = useState(makeQueryClient);
  const [router] = useState(() => {
    const made = makeRouter();
    if (isMainWindow()) made.subscribe("onResolved", ({ toLocation }) => rememberAddress(toLocation.href));
    return made;
  });
  const [scheme] = usePreference<Scheme>("theme", "auto");

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme={scheme}
      forceColorScheme={scheme === "auto" ? undefined : scheme}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Suspense>
          <Notifications position="bottom-right" limit={4} className="toasts" />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
