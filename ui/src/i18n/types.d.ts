// Ties `t` to the English catalogue: a key that is not there does not compile.
import "i18next";
import type { Catalogues } from "./index";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: Catalogues;
  }
}
