/**
 * Tillit in the browser. Every page works before and without this file; it only makes things quicker and safer.
 * One small module for each thing; none of them knows a page.
 */
import { closeMenus } from './menus.js';
import { keepDrafts } from './drafts.js';
import { foldWhereNarrow } from './folds.js';
import { listenToHtmx } from './htmx-manners.js';
import { lockScreen } from './lock.js';
import { moveInLanes } from './lanes.js';
import { sendWhatWasChosenEarly } from './early.js';
import { showErrors } from './errors.js';
import { usePasskeys } from './passkeys.js';
import { timeToasts } from './toasts.js';

const modules = [closeMenus, foldWhereNarrow, keepDrafts, lockScreen, moveInLanes, showErrors, timeToasts, usePasskeys];

/** Prepare a page or the part of it that htmx has just swapped in. */
const prepare = (root) => modules.forEach((module) => module(root));

listenToHtmx(prepare);
sendWhatWasChosenEarly();
prepare(document);
