import type { ErasureAnswer } from '@lijian/contracts/people'

const PLACES: Readonly<Record<string, string>> = {
  groups: 'members of card and customer groups removed',
  books: 'counters, payments, refunds, routes and uses of cards kept without the person',
  decisions: 'answers without an offer, and files of back-tests that waited, kept without the person',
  bills: 'digits of cards removed from lines of bills',
  flows: 'histories of flows removed from Temporal',
}

/** What was done where, for whoever asks later. Nothing in it says whose data it was. */
export function certificateOf({ id, legalBasis, heldBack, places, requestedAt }: ErasureAnswer, at: string): string {
  return [
    `Erasure ${id}`,
    `asked for ${requestedAt}, done ${at}`,
    `legal basis: ${legalBasis}`,
    ...places.map(({ place, rows }) => `${place}: ${PLACES[place]} (${rows})`),
    ...heldBack.map(({ place, until, basis }) => `${place} was kept until ${until}: ${basis}`),
    'kept: amounts, serials and dates of payments, and the journal, which holds no person',
    'outside of it: backups and the write-ahead log, until their own retention ends',
    ...places.flatMap(({ keptDays }) =>
      keptDays === undefined
        ? []
        : [
            `outside of it: flows of messages that were refused, until Temporal removes them ${keptDays} day(s) after they ended`,
          ],
    ),
    '',
  ].join('\n')
}
