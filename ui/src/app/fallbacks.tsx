// What stands where a screen is not: loading, broken, or not there at all.
import { Button } from "@mantine/core";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, SkeletonRows } from "../shared/feedback";

export function ScreenLoading() {
  return (
    <div className="screen">
      <div className="head" />
      <SkeletonRows columns={[90, 220, 110, 80, 140]} />
    </div>
  );
}

export function ScreenFailed({ error, reset }: ErrorComponentProps) {
  return (
    <div className="screen">
      <ErrorState error={error} onRetry={reset} />
    </div>
  );
}

export function NoSuchPage() {
  const { t } = useTranslation("app");
  return (
    <div className="screen">
      <EmptyState
        title={t("noSuchPage.title")}
        actions={
          <Button component={Link} to="/overview">
            {t("noSuchPage.action")}
          </Button>
        }
      >
        {t("noSuchPage.text")}
      </EmptyState>
    </div>
  );
}
