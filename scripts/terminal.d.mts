/** A reason to stop that a person can act on: one French sentence, no stack. */
export class Refusal extends Error {}
