import { agentProcedure, router } from '@/server/trpc'
import { copyAccesses, undoCopy } from '../commands/copy-accesses'
import { createGrant } from '../commands/create-grant'
import { deleteGroup, saveGroup } from '../commands/save-group'
import { getAccesses, getGroup, listGroups, listParties } from '../queries/accesses'
import { findUndoableCopy, previewCopy } from '../queries/copies'
import { listHistory } from '../queries/history'
import { agendaSchema } from '../schema'
import {
  accessOfSchema,
  copyAccessesSchema,
  createGrantSchema,
  groupSchema,
  historySchema,
  partiesSchema,
  previewCopySchema,
  saveGroupSchema,
  undoCopySchema,
} from '../schema/rights'

/** Rights on agendas as their admins, and the agents they concern, keep them. */
export const rightsRouter = router({
  getAccesses: agentProcedure.input(accessOfSchema).query(({ ctx, input }) => getAccesses(ctx, input)),
  listParties: agentProcedure.input(partiesSchema).query(({ ctx, input }) => listParties(ctx, input)),
  createGrant: agentProcedure.input(createGrantSchema).mutation(({ ctx, input }) => createGrant(ctx, input)),
  previewCopy: agentProcedure.input(previewCopySchema).query(({ ctx, input }) => previewCopy(ctx, input)),
  copyAccesses: agentProcedure.input(copyAccessesSchema).mutation(({ ctx, input }) => copyAccesses(ctx, input)),
  findUndoableCopy: agentProcedure.input(agendaSchema).query(({ ctx, input }) => findUndoableCopy(ctx, input)),
  undoCopy: agentProcedure.input(undoCopySchema).mutation(({ ctx, input }) => undoCopy(ctx, input)),
  listGroups: agentProcedure.input(partiesSchema).query(({ ctx, input }) => listGroups(ctx, input)),
  getGroup: agentProcedure.input(groupSchema).query(({ ctx, input }) => getGroup(ctx, input)),
  saveGroup: agentProcedure.input(saveGroupSchema).mutation(({ ctx, input }) => saveGroup(ctx, input)),
  deleteGroup: agentProcedure.input(groupSchema).mutation(({ ctx, input }) => deleteGroup(ctx, input)),
  listHistory: agentProcedure.input(historySchema).query(({ ctx, input }) => listHistory(ctx, input)),
})
