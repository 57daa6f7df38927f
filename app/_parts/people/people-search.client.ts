'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import type { FoundUsager } from '@/server/people/rules/usager-views'

/** Long enough for two keystrokes, short enough to seem at once. */
const PAUSE_MS = 200
const MIN_LETTERS = 2

/** Finds people as one types: no address says whom one looks for. `found` is null before enough is typed. */
export function usePeopleSearch(territoryId: number) {
  const trpc = useTRPC()
  const [typed, setTyped] = useState('')
  const search = useMutation(trpc.people.searchUsagers.mutationOptions())
  const { mutate, reset } = search

  useEffect(() => {
    const q = typed.trim()
    if (q.length < MIN_LETTERS) {
      reset()
      return
    }
    const timer = setTimeout(() => mutate({ territoryId, q }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, territoryId, mutate, reset])

  const isEnough = typed.trim().length >= MIN_LETTERS
  const found: FoundUsager[] | null = isEnough ? (search.data ?? null) : null
  return { typed, setTyped, found, hasFailed: search.isError }
}
