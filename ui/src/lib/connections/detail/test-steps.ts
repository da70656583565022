import type { ApiErrorView, ConnectionTestView, StatusGroup, TestStepView } from '$lib/ipc';
import { connections } from '$lib/words/connections';

/** One line of the card of a test. */
export interface StepLine {
  status: StatusGroup;
  text: string;
  /** What is known of it in figures, at its end. */
  end: string | null;
  /** What the platform answered, where the line stops at an answer. */
  answer: ApiErrorView | null;
}

/** The lines below the headline: how far the test came, and the answer where it stopped at one. */
export function linesOf(test: ConnectionTestView): StepLine[] {
  const lines = test.steps.map((step) => line(step, test));
  const shown = lines.some((each) => each.answer);
  // An answer without a step of its own, as tests were kept before there were steps.
  if (test.answer && !shown && !test.works)
    lines.push({ status: 'stopped', text: connections.step.signIn, end: null, answer: test.answer });
  return lines;
}

function line(step: TestStepView, test: ConnectionTestView): StepLine {
  const { step: words } = connections;
  const code = test.problem?.code;
  const status: StatusGroup = step.ok ? 'active' : 'stopped';
  const took = step.millis === null ? null : connections.millis(step.millis);
  switch (step.step) {
    case 'address':
      return { status, text: step.ok ? words.address : words.addressFailed(code), end: took, answer: null };
    case 'encryption':
      return {
        status,
        text: step.ok ? words.encryption(step.expires_at) : words.encryptionFailed(code, step.expires_at),
        end: took,
        answer: null,
      };
    case 'token': {
      const text = step.ok ? words.token : words.tokenFailed(code);
      return { status, text, end: took, answer: step.ok ? null : test.answer };
    }
    case 'clock':
      return {
        status,
        text: step.ok ? words.clock : words.clockFailed(step),
        end: step.ok && step.ahead_ms !== null ? words.apart(step.ahead_ms) : took,
        answer: null,
      };
    case 'sign_in': {
      if (step.ok) return { status, text: words.signedIn, end: took, answer: null };
      const said = step.status === null ? words.notAnswered(code) : words.answered(step.status);
      return { status, text: `${words.signIn} ${said}`, end: took, answer: test.answer };
    }
  }
}
