// Package owner tells who could have written a file.
//
// A file that was made of another, such as a converted frame, is taken in the place of its
// source only if nobody could have written it who could not have written the source as well,
// but for the user of this process and root:
//
//   - it belongs to this user, to the owner of the source, or to root;
//   - its group or all others may write it only if they may write the source too;
//   - it is no link, which leads to what others may change.
//
// Doubt says which of these does not hold, as a clause that follows the word file. A file that
// is not there is not doubted, nor are those of systems where this is not known.
package owner
