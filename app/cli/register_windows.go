package cli

const registerLong = `Has Explorer open .icecache, .sih5 and .iceview files with this program: a double
click, "Open with" and their icon. It is told of you alone, needs no administrator, and
leaves what other programs have registered. Run it again after the program was moved;
--undo takes it all back.`
