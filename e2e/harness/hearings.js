// Hearing messages as the court's system sends them, for one invented person at Thames today.

import { today } from "./lists.js";

/** The day `days` after today, as ISO text. */
export function later(days) {
  const at = new Date(`${today()}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** `nth` keeps the ids of two people apart; `shared` is the time it was sent; `results` come from [`resulted`]. */
export function hearingMessage({ forename, surname, born, gender, urn, nth }, shared, results = []) {
  const id = (kind) => `${String(kind).repeat(8)}-7777-4777-8777-${String(nth).padStart(12, "0")}`;
  return JSON.stringify({
    hearing: {
      id: id(1),
      jurisdictionType: "MAGISTRATES",
      type: { code: "RMAND", description: "Remand" },
      courtCentre: { id: id(2), code: "B01ND00", name: "Thames Magistrates' Court", roomName: "Courtroom 04" },
      hearingDays: [{ sittingDay: `${today()}T10:00:00.000Z`, listedDurationMinutes: 20 }],
      prosecutionCases: [
        {
          id: id(3),
          initiationCode: "C",
          prosecutionCaseIdentifier: { caseURN: urn },
          defendants: [
            {
              id: id(4),
              masterDefendantId: id(4),
              personDefendant: {
                bailStatus: { code: "C", description: "Custody" },
                personDetails: { firstName: forename, lastName: surname, dateOfBirth: born, gender },
              },
              offences: [{ id: id(5), offenceCode: "TH68010", offenceTitle: "Theft from a shop", wording: "Stole a thing.", judicialResults: results }],
            },
          ],
        },
      ],
    },
    sharedTime: `${today()}T${shared}.000Z`,
  });
}

/** One result that puts the case off by so many days, for a psychiatric report. */
export const resulted = (code, label, days) => [
  {
    judicialResultId: "66666666-7777-4777-8777-000000000001",
    cjsCode: code,
    label,
    orderedDate: today(),
    isAdjournmentResult: true,
    nextHearing: { listedStartDateTime: `${later(days)}T10:00:00.000Z`, adjournmentReason: "Psychiatric report", courtCentre: { code: "B01ND00", name: "Thames Magistrates' Court" } },
  },
];
