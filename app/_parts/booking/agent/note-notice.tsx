import { Notice } from '@/app/_ui/notice'
import type { Note } from './announcements.client'

/** What became of an RDV meanwhile, until whoever reads it says so. `isNamed`: away from the RDV. */
export const NoteNotice = ({
  note,
  onRead,
  isNamed = false,
}: {
  note: Note
  onRead: () => void
  isNamed?: boolean
}) => (
  <Notice tone={note.tone} isLive title={isNamed && note.name}>
    <p>{note.text}</p>
    <button type="button" onClick={onRead} className="link min-h-11 font-semibold">
      J’ai compris
    </button>
  </Notice>
)
