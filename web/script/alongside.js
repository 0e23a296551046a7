// What every page loads. Each module looks for its own `data-` attribute and does nothing without it; every page works
// when none of this runs.

import { startBoardKeys } from "./board-keys.js";
import { startComponents } from "./components.js";
import { startDayBar } from "./day-bar.js";
import { startDrafts } from "./drafts.js";
import { startLive } from "./live.js";
import { startLiveSearch } from "./live-search.js";
import { startPasskeys } from "./passkeys.js";
import { startPreviews } from "./preview.js";
import { startPrint } from "./print.js";
import { startQuestionnaires } from "./questionnaire.js";
import { startReveals } from "./reveals.js";
import { startSelectAll } from "./select-all.js";
import { startSessionWarning } from "./session-warning.js";
import { startCountdowns } from "./until.js";

const parts = [
  startComponents,
  startReveals,
  startDayBar,
  startBoardKeys,
  startSelectAll,
  startLive,
  startLiveSearch,
  startQuestionnaires,
  startDrafts,
  startPreviews,
  startCountdowns,
  startPrint,
  startPasskeys,
  startSessionWarning,
];
for (const start of parts) {
  try {
    start(document);
  } catch (error) {
    // One broken part must not take autosave down with it.
    console.error(error);
  }
}
