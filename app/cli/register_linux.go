package cli

const registerLong = `Has the desktop open .icecache, .sih5 and .iceview files with this program: an entry in
the menu of programs, a double click, "Open with" and the icon. It writes a desktop entry,
the kinds of files and icons below $XDG_DATA_HOME, or ~/.local/share, and has databases
made anew as far as the tools for that are installed; it says what it did. It needs no
administrator, and refuses to replace files that it did not write. Run it again after the
program was moved. --undo removes just what was written; what was changed since stays.`
