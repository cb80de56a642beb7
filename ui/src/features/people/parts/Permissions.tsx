// What a person may do: resource, action, who gave it and when.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Part, PersonLink, Stopped } from "../../../shared/detail";
import { PersonName } from "../../../shared/filters";
import { useFormat } from "../../../shared/format";
import { permissionsQuery } from "../queries";

export function Permissions({ id }: { id: string }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const query = useQuery(permissionsQuery(id));
  return (
    <Part
      title={t("part.permissions")}
      store="postgres"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t("count", { count: data.items.length })} <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t("noPermissions")}</p>
        ) : (
          data.items.map((one) => (
            <div className="permission-line" key={`${one.resource} ${one.action}`}>
              <span className="mono cut" title={one.resource}>
                {one.resource}
              </span>
              <span className="mono mid cut">{one.action}</span>
              <span className="mut cut">
                {one.granted_by && (
                  <PersonLink id={one.granted_by}>
                    <PersonName id={one.granted_by} />
                  </PersonLink>
                )}
              </span>
              <span
                className="mut num end-aligned"
                title={one.granted_at ? format.exact(one.granted_at) : undefined}
              >
                {one.granted_at ? format.day(one.granted_at) : format.dash}
              </span>
            </div>
          ))
        )
      }
    </Part>
  );
}
