/** An answer that is kept until the state differs. */
export class PerState<T> {
  #state: string | undefined;
  #answer: Promise<T> | undefined;

  /** Returns the answer kept for this state, or asks for it. A failed answer is not kept. */
  get(state: string, ask: () => Promise<T>): Promise<T> {
    if (this.#answer !== undefined && this.#state === state) return this.#answer;
    const answer = ask();
    this.#state = state;
    this.#answer = answer;
    answer.catch(() => {
      if (this.#answer === answer) this.#answer = undefined;
    });
    return answer;
  }
}
