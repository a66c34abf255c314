// @ts-check
import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { heading, lineBreak, list, mark, paragraph, quote } from './commands.js';
import { schema } from './schema.js';

const { nodes } = schema;

/**
 * Returns what keys do. Tab leaves the editor, as everywhere on a page.
 * @param {Record<string, import('prosemirror-state').Command>} others
 */
export const editorKeys = (others) => [
  keymap({
    'Mod-z': undo,
    'Shift-Mod-z': redo,
    'Mod-y': redo,
    'Mod-b': mark('strong'),
    'Mod-i': mark('emphasis'),
    'Mod-e': mark('code'),
    'Mod-Alt-1': heading(2),
    'Mod-Alt-2': heading(3),
    'Mod-Alt-3': heading(4),
    'Mod-Alt-0': paragraph,
    'Mod-Shift-9': quote,
    'Mod-Shift-8': list('bullet_list'),
    'Mod-Shift-7': list('ordered_list'),
    'Mod-]': sinkListItem(nodes.list_item),
    'Mod-[': liftListItem(nodes.list_item),
    'Shift-Enter': chainCommands(exitCode, lineBreak),
    Enter: splitListItem(nodes.list_item),
    Backspace: undoInputRule,
    ...others,
  }),
  keymap(baseKeymap),
];

/** What is typed as in Markdown becomes what it means. */
export const typedMarkdown = () =>
  inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading, (match) => ({
        level: Math.max(2, match[1]?.length ?? 2),
      })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*[-+*]\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ first: Number(match[1]) })),
      new InputRule(/^(?:---|\*\*\*)$/, (state, _match, start, end) =>
        state.tr.replaceRangeWith(start, end, nodes.horizontal_rule.create()),
      ),
    ],
  });
