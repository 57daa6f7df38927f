'use client'

import { dropNote, Toasts, useNotes } from './announcements.client'
import { NetworkNotice } from './network.client'
import { NoteNotice } from './note-notice'

/** Over agendas in which RDVs have no room to speak: the network, what became of each meanwhile, what was just done. */
export function BoardNotices() {
  const notes = useNotes()
  return (
    <>
      <NetworkNotice />
      {[...notes].map(([rdvId, note]) => (
        <NoteNotice key={rdvId} note={note} isNamed onRead={() => dropNote(rdvId)} />
      ))}
      <Toasts />
    </>
  )
}
