import { memberSchema, removeAgentSchema } from '@/server/access/schema/administration'
import { saveUsagerSchema, smsReplySchema } from '@/server/people/schema'
import { agentProcedure, anonymousProcedure, linkProcedure, ownProcedure, router } from '@/server/trpc'
import { receiveSmsReply } from './commands/receive-sms-reply'
import { saveUsager } from './commands/save-usager'
import { setConsentByLink } from './commands/set-consent-by-link'
import { getConsentsByLink } from './queries/consents'
import { cancelByLink } from './commands/cancel-by-link'
import { cancelFollowing } from './commands/cancel-following'
import { confirmDraft } from './commands/confirm-draft'
import { createInARow } from './commands/create-in-a-row'
import { createRdv } from './commands/create-rdv'
import { createSeries } from './commands/create-series'
import { moveByLink } from './commands/move-by-link'
import { removeAgent } from './commands/remove-agent'
import { saveAbsence } from './commands/save-absence'
import { saveDraft } from './commands/save-draft'
import { renewCalendarFeed } from './commands/renew-calendar-feed'
import { rescheduleRdv } from './commands/reschedule-rdv'
import { setArrival } from './commands/set-arrival'
import { deleteOpening, saveOpening } from './commands/save-opening'
import { setStatus } from './commands/set-status'
import { setTitle } from './commands/set-title'
import { countRdvsToFill, getRdv, listAgendaOf, listMyRdvs, listRdvsToFill, listRdvsToMove } from './queries/agent-rdvs'
import { judgeAbsence } from './queries/away'
import { getBoard } from './queries/board'
import { listBoardChoices } from './queries/board-choices'
import { getIcsByLink } from './queries/calendar'
import { getCalendarFeed, getCalendarFile } from './queries/calendar-feed'
import { getConvocation, getConvocationByLink } from './queries/convocations'
import { getDraft } from './queries/drafts'
import { listRdvHistory } from './queries/rdv-history'
import { getReception } from './queries/reception'
import { searchAgentSlots } from './queries/agent-slots'
import { judgeMoveByLink, listMoveSlots } from './queries/moving'
import { getPlacement, listPlaceableMotifs } from './queries/placing'
import { judgeOpening, judgeOpeningDeletion } from './queries/planning'
import { getRescheduling } from './queries/rescheduling'
import { getSeries, judgeSeries } from './queries/series'
import { getSessionTitle } from './queries/session-title'
import { listFutureRdvsOf } from './queries/leaving'
import { listPlaces, searchSlots } from './queries/slots'
import { getRecap, listMotifs, listServices } from './queries/tunnel'
import { getConfirmation, getEndedByLink, getRdvByLink } from './queries/usager-rdvs'
import { listRdvsOfUsager } from './queries/usager-sheet'
import {
  agendaDaysSchema,
  boardSchema,
  calendarFeedSchema,
  convocationByLinkSchema,
  convocationSchema,
  confirmDraftSchema,
  createInARowSchema,
  createRdvSchema,
  deleteOpeningWithFatesSchema,
  draftIdSchema,
  linkSchema,
  setConsentByLinkSchema,
  listPlaceableMotifsSchema,
  moveByLinkSchema,
  moveQuestionSchema,
  moveSlotsSchema,
  myRdvsSchema,
  placementSchema,
  rdvIdSchema,
  rdvsToMoveSchema,
  receptionSchema,
  rescheduleRdvSchema,
  reschedulingSchema,
  saveAbsenceSchema,
  saveDraftSchema,
  saveOpeningSchema,
  searchAgentSlotsSchema,
  setArrivalSchema,
  setStatusSchema,
  tunnelSchema,
} from './schema'
import { cancelFollowingSchema, createSeriesSchema, judgeSeriesSchema } from './schema/series'
import { setTitleSchema } from './schema/session-title'
import { usagerRdvsSchema } from './schema/usager-rdvs'

export const bookingRouter = router({
  listServices: anonymousProcedure.input(tunnelSchema).query(({ ctx, input }) => listServices(ctx, input)),
  listMotifs: anonymousProcedure.input(tunnelSchema).query(({ ctx, input }) => listMotifs(ctx, input)),
  listPlaces: anonymousProcedure.input(tunnelSchema).query(({ ctx, input }) => listPlaces(ctx, input)),
  searchSlots: anonymousProcedure.input(tunnelSchema).query(({ ctx, input }) => searchSlots(ctx, input)),
  getRecap: anonymousProcedure.input(tunnelSchema).query(({ ctx, input }) => getRecap(ctx, input)),
  saveDraft: anonymousProcedure.input(saveDraftSchema).mutation(({ ctx, input }) => saveDraft(ctx, input)),
  getDraft: anonymousProcedure.input(draftIdSchema).query(({ ctx, input }) => getDraft(ctx, input)),
  bookSlot: anonymousProcedure.input(confirmDraftSchema).mutation(({ ctx, input }) => confirmDraft(ctx, input)),
  getConfirmation: anonymousProcedure.input(draftIdSchema).query(({ ctx, input }) => getConfirmation(ctx, input)),
  getEndedByLink: linkProcedure.input(linkSchema).query(({ ctx, input }) => getEndedByLink(ctx, input)),
  getRdvByLink: linkProcedure.input(linkSchema).query(({ ctx, input }) => getRdvByLink(ctx, input)),
  getIcsByLink: linkProcedure.input(linkSchema).query(({ ctx, input }) => getIcsByLink(ctx, input)),
  getConsentsByLink: linkProcedure.input(linkSchema).query(({ ctx, input }) => getConsentsByLink(ctx, input)),
  setConsentByLink: anonymousProcedure
    .input(setConsentByLinkSchema)
    .mutation(({ ctx, input }) => setConsentByLink(ctx, input)),
  receiveSmsReply: anonymousProcedure.input(smsReplySchema).mutation(({ ctx, input }) => receiveSmsReply(ctx, input)),
  saveUsager: agentProcedure.input(saveUsagerSchema).mutation(({ ctx, input }) => saveUsager(ctx, input)),
  getConvocationByLink: linkProcedure
    .input(convocationByLinkSchema)
    .query(({ ctx, input }) => getConvocationByLink(ctx, input)),
  cancelByLink: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => cancelByLink(ctx, input)),
  listMoveSlots: linkProcedure.input(moveSlotsSchema).query(({ ctx, input }) => listMoveSlots(ctx, input)),
  judgeMoveByLink: linkProcedure.input(moveQuestionSchema).query(({ ctx, input }) => judgeMoveByLink(ctx, input)),
  moveByLink: anonymousProcedure.input(moveByLinkSchema).mutation(({ ctx, input }) => moveByLink(ctx, input)),

  listMyRdvs: agentProcedure.input(myRdvsSchema).query(({ ctx, input }) => listMyRdvs(ctx, input)),
  listAgendaOf: agentProcedure.input(agendaDaysSchema).query(({ ctx, input }) => listAgendaOf(ctx, input)),
  getBoard: agentProcedure.input(boardSchema).query(({ ctx, input }) => getBoard(ctx, input)),
  listBoardChoices: agentProcedure.query(({ ctx }) => listBoardChoices(ctx)),
  getReception: agentProcedure.input(receptionSchema).query(({ ctx, input }) => getReception(ctx, input)),
  setArrival: agentProcedure.input(setArrivalSchema).mutation(({ ctx, input }) => setArrival(ctx, input)),
  getCalendarFeed: ownProcedure.query(({ ctx }) => getCalendarFeed(ctx)),
  renewCalendarFeed: ownProcedure.input(calendarFeedSchema).mutation(({ ctx, input }) => renewCalendarFeed(ctx, input)),
  getCalendarFile: linkProcedure.input(linkSchema).query(({ ctx, input }) => getCalendarFile(ctx, input)),
  listRdvsToFill: agentProcedure.query(({ ctx }) => listRdvsToFill(ctx)),
  countRdvsToFill: agentProcedure.query(({ ctx }) => countRdvsToFill(ctx)),
  listRdvsToMove: agentProcedure.input(rdvsToMoveSchema).query(({ ctx, input }) => listRdvsToMove(ctx, input)),
  judgeAbsence: agentProcedure.input(saveAbsenceSchema).query(({ ctx, input }) => judgeAbsence(ctx, input)),
  saveAbsence: agentProcedure.input(saveAbsenceSchema).mutation(({ ctx, input }) => saveAbsence(ctx, input)),
  judgeOpening: agentProcedure.input(saveOpeningSchema).query(({ ctx, input }) => judgeOpening(ctx, input)),
  saveOpening: agentProcedure.input(saveOpeningSchema).mutation(({ ctx, input }) => saveOpening(ctx, input)),
  judgeOpeningDeletion: agentProcedure
    .input(deleteOpeningWithFatesSchema)
    .query(({ ctx, input }) => judgeOpeningDeletion(ctx, input)),
  deleteOpening: agentProcedure
    .input(deleteOpeningWithFatesSchema)
    .mutation(({ ctx, input }) => deleteOpening(ctx, input)),
  listFutureRdvsOf: agentProcedure.input(memberSchema).query(({ ctx, input }) => listFutureRdvsOf(ctx, input)),
  removeAgent: agentProcedure.input(removeAgentSchema).mutation(({ ctx, input }) => removeAgent(ctx, input)),
  listRdvsOfUsager: agentProcedure.input(usagerRdvsSchema).query(({ ctx, input }) => listRdvsOfUsager(ctx, input)),
  getRdv: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => getRdv(ctx, input)),
  getConvocation: agentProcedure.input(convocationSchema).query(({ ctx, input }) => getConvocation(ctx, input)),
  listRdvHistory: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => listRdvHistory(ctx, input)),
  getRescheduling: agentProcedure.input(reschedulingSchema).query(({ ctx, input }) => getRescheduling(ctx, input)),
  rescheduleRdv: agentProcedure.input(rescheduleRdvSchema).mutation(({ ctx, input }) => rescheduleRdv(ctx, input)),
  getSessionTitle: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => getSessionTitle(ctx, input)),
  setTitle: agentProcedure.input(setTitleSchema).mutation(({ ctx, input }) => setTitle(ctx, input)),
  setStatus: agentProcedure.input(setStatusSchema).mutation(({ ctx, input }) => setStatus(ctx, input)),
  listPlaceableMotifs: agentProcedure
    .input(listPlaceableMotifsSchema)
    .query(({ ctx, input }) => listPlaceableMotifs(ctx, input)),
  getPlacement: agentProcedure.input(placementSchema).query(({ ctx, input }) => getPlacement(ctx, input)),
  searchAgentSlots: agentProcedure
    .input(searchAgentSlotsSchema)
    .query(({ ctx, input }) => searchAgentSlots(ctx, input)),
  judgeSeries: agentProcedure.input(judgeSeriesSchema).query(({ ctx, input }) => judgeSeries(ctx, input)),
  createSeries: agentProcedure.input(createSeriesSchema).mutation(({ ctx, input }) => createSeries(ctx, input)),
  getSeries: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => getSeries(ctx, input)),
  cancelFollowing: agentProcedure
    .input(cancelFollowingSchema)
    .mutation(({ ctx, input }) => cancelFollowing(ctx, input)),
  createInARow: agentProcedure.input(createInARowSchema).mutation(({ ctx, input }) => createInARow(ctx, input)),
  createRdv: agentProcedure.input(createRdvSchema).mutation(({ ctx, input }) => createRdv(ctx, input)),
})
