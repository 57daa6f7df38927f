import { notFound } from 'next/navigation'
import { idIn } from '@/app/_lib/search'
import { api } from '@/server/api'

/** The territory the page is about, `territoire` of its address: one of those the viewer administers whole; else not found. */
export async function administeredTerritory(asked: string | string[] | undefined) {
  const territories = (await (await api()).administration.listAdministered()).filter(({ isWhole }) => isWhole)
  const territory =
    asked === undefined ? territories[0] : territories.find(({ territoryId }) => territoryId === idIn(asked))
  return territory ?? notFound()
}
