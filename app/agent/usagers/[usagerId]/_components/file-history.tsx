import { HistoryLines } from '@/app/_parts/history-lines'
import { authorWords } from '@/app/_words/agent'
import { fileAuthorWords, fileHistoryWords } from '@/app/_words/usager'
import type { UsagerHistoryLine } from '@/server/people/rules/usager-sheet'

/** Who changed what of the file: which field, never its value. */
export function FileHistory({ lines, zone }: { lines: readonly UsagerHistoryLine[]; zone: string }) {
  const told = lines.map((line) => ({
    key: `${line.at.getTime()}-${line.kind}-${line.field ?? ''}`,
    words: fileHistoryWords(line),
    author: fileAuthorWords(line) ?? authorWords(line.author),
    at: line.at,
  }))
  return <HistoryLines lines={told} zone={zone} />
}
