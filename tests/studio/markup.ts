import { HtmlValidate } from 'html-validate';
import { MARKUP_RULES } from '../site/markup-rules.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    ...MARKUP_RULES,
    // Boxes that are ticked have one name together, as buttons have.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'submit', 'reset', 'checkbox'] }],
  },
});

/** Returns what is wrong with a page's HTML, each with the line where. */
export async function faultsOfMarkup(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  const lines = html.split('\n');
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (${lines[line - 1]?.slice(0, 160)})`),
  );
}
