// What every page loads. Each module looks for its own `data-` attribute and does nothing without it; every page works
// when none of this runs.

import { startBoardKeys } from "./board-keys.js";
import { startComponents } from "./components.js";
import { startDayBar } from "./day-bar.js";
import { startDrafts } from "./drafts.js";
import { startFragments } from "./fragments.js";
import { startLive } from "./live.js";
import { startPasskeys } from "./passkeys.js";
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
  startQuestionnaires,
  startDrafts,
  startFragments,
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
