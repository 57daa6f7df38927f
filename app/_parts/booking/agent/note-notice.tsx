import { Notice } from '@/app/_ui/notice'
import type { Note } from './announcements.client'

/** What became of an RDV meanwhile, until whoever reads it says so. */
export const NoteNotice = ({ note, onRead }: { note: Note; onRead: () => void }) => (
  <Notice tone={note.tone} isLive>
    <p>{note.text}</p>
    <button type="button" onClick={onRead} className="link min-h-11 font-semibold">
      J’ai compris
    </button>
  </Notice>
)
