// The GOV.UK components that have script, and only those that our pages use.

import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";

export function startComponents(document) {
  // The components refuse to start, and their styles stay plain, until the page says that script runs.
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  for (const component of [
    Button,
    Checkboxes,
    ErrorSummary,
    FileUpload,
    NotificationBanner,
    PasswordInput,
    ServiceNavigation,
    SkipLink,
  ]) {
    createAll(component, undefined, { scope: document });
  }
}
