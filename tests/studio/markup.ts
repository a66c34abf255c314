import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How the source is laid out is no business of the reader's.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    'attribute-boolean-style': 'off',
    // Without it Safari takes the list's meaning away together with its bullets.
    'no-redundant-role': 'off',
    // Boxes that are ticked have one name together, as buttons have.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'submit', 'reset', 'checkbox'] }],
    'no-inline-style': 'error',
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
