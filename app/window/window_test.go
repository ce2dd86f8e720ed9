package window

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
)

// A process can open one window, on its main thread, so each test runs a
// scenario in a process of its own: this test binary with the name in envScenario.
const (
	envScenario = "ICEEXPLORER_TEST_SCENARIO"
	envIni      = "ICEEXPLORER_TEST_INI"
	envShot     = "ICEEXPLORER_TEST_SHOT"
)

func TestMain(m *testing.M) {
	name := os.Getenv(envScenario)
	if name == "" {
		os.Exit(m.Run())
	}
	r := result{Seen: map[string]float64{}}
	err := scenarios[name](&r)
	if err != nil {
		r.Err = err.Error()
	}
	out, _ := json.Marshal(r)
	fmt.Println("RESULT " + string(out))
}

// result is what a scenario reports to its test.
type result struct {
	Err    string
	Log    []string
	Seen   map[string]float64
	Frames int64
}

func (r *result) log(format string, args ...any) { r.Log = append(r.Log, fmt.Sprintf(format, args...)) }

// kept is a layout that keep has written.
func kept(path string) string {
	text, _ := os.ReadFile(path) // there may be none
	return string(text)
}

func keep(text string) {
	if path := os.Getenv(envIni); path != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			panic(err)
		}
	}
}

func command(t *testing.T, scenario string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, exe)
	cmd.WaitDelay = time.Second
	cmd.Cancel = func() error { return dump(cmd.Process) }
	cmd.Env = append(os.Environ(), append(env, envScenario+"="+scenario)...)
	return cmd
}

func parseResult(t *testing.T, out []byte) result {
	t.Helper()
	var r result
	sc := bufio.NewScanner(bytes.NewReader(out))
	for sc.Scan() {
		if text, ok := strings.CutPrefix(sc.Text(), "RESULT "); ok {
			if err := json.Unmarshal([]byte(text), &r); err != nil {
				t.Fatal(err)
			}
			return r
		}
	}
	t.Fatalf("the scenario gave no result:\n%s", out)
	return r
}

func run(t *testing.T, scenario string, env ...string) result {
	t.Helper()
	if os.Getenv("DISPLAY") == "" && runtime.GOOS != "windows" {
		t.Skip("no DISPLAY")
	}
	out, err := command(t, scenario, env...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return parseResult(t, out)
}

func TestIdleWindowCostsNothingAndTakesScreenshots(t *testing.T) {
	ini, shot := filepath.Join(t.TempDir(), "layout.ini"), filepath.Join(t.TempDir(), "new", "shot.png")
	r := run(t, "idle", envIni+"="+ini, envShot+"="+shot)
	if r.Err != "" || len(r.Log) != 1 || r.Log[0] != "shot <nil>" {
		t.Fatalf("%+v", r)
	}
	if r.Seen["cpu"] > 0.02 || r.Seen["idleFrames"] != 0 || r.Seen["posted"] != 1 {
		t.Errorf("2 s idle: %.3f s of CPU, %v frames", r.Seen["cpu"], r.Seen["idleFrames"])
	}
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 640 || b.Dy() != 400 {
		t.Errorf("screenshot of %v", b)
	}
	colors := map[[4]uint32]int{}
	for y := range 400 {
		for x := range 640 {
			r, g, b, a := img.At(x, y).RGBA()
			colors[[4]uint32{r, g, b, a}]++
		}
	}
	panel := [4]uint32{0x2626, 0x2626, 0x2626, 0xffff}
	if colors[panel] < 640*400/2 || len(colors) < 20 {
		t.Errorf("%d pixels of the panels' grey, %d colours", colors[panel], len(colors))
	}
	text, err := os.ReadFile(ini)
	if err != nil || !bytes.Contains(text, []byte("[Window][Browser]")) || !hasLayout(kept(ini)) {
		t.Errorf("layout not kept: %v\n%s", err, text)
	}
}

func TestKeptLayoutWinsUntilItIsReset(t *testing.T) {
	t.Parallel()
	ini := filepath.Join(t.TempDir(), "layout.ini")
	first := run(t, "layout", envIni+"="+ini)
	if x := first.Seen["kept.x"]; x < 300 {
		t.Fatalf("the default layout put Browser at %v, not on the right", x)
	}
	moved, err := os.ReadFile(ini)
	if err != nil {
		t.Fatal(err)
	}
	// A user's layout: the same split, with Browser's part on the left.
	text := string(moved)
	a, b := strings.Index(text, "\n  DockNode"), strings.LastIndex(text, "\n  DockNode")
	if a < 0 || a == b {
		t.Fatalf("no split in\n%s", text)
	}
	swap := strings.NewReplacer("SizeRef=158,", "SizeRef=300,", "SizeRef=159,", "SizeRef=300,", "SizeRef=160,", "SizeRef=300,")
	if wider := swap.Replace(text); wider == text {
		t.Fatalf("Browser's width is not in\n%s", text)
	} else if err := os.WriteFile(ini, []byte(wider), 0o600); err != nil {
		t.Fatal(err)
	}
	second := run(t, "layout", envIni+"="+ini)
	if x := second.Seen["kept.x"]; x >= first.Seen["kept.x"]-50 {
		t.Errorf("the kept layout was not taken: Browser at %v, at first %v", x, first.Seen["kept.x"])
	}
	if x := second.Seen["Browser.x"]; x != first.Seen["Browser.x"] {
		t.Errorf("after the reset Browser is at %v, not %v", x, first.Seen["Browser.x"])
	}
}

// The timeline lay over the scene in a small window.
func TestTheCentreIsInFrontOfPanelsThatFindNoRoom(t *testing.T) {
	t.Parallel()
	if r := run(t, "narrow"); r.Err != "" || r.Seen["Scene"] != 1 || r.Seen["Browser"] != 0 {
		t.Errorf("%+v", r)
	}
}

// Names in lists of files, in menus and typed ones were shown as replacement marks.
func TestCharactersThatAreLackingAreToldOnceWhateverDrawsThem(t *testing.T) {
	t.Parallel()
	r := run(t, "lack")
	if want := `"\U0001f525\U0010fff0"`; r.Err != "" || len(r.Log) != 1 || r.Log[0] != want || r.Seen["text"] != 1 || r.Seen["mono"] != 1 {
		t.Errorf("%+v, want once %s", r, want)
	}
}

func TestPanicsAndAssertionsAreSurvived(t *testing.T) {
	t.Parallel()
	r := run(t, "panic")
	if r.Err != "" || len(r.Log) != 3 || !strings.Contains(r.Log[0], "a bug") || !strings.Contains(r.Log[1], "columns_count") || !strings.Contains(r.Log[2], "a posted bug") {
		t.Errorf("%+v", r)
	}
}

func TestAWindowThatOnlyPanicsCloses(t *testing.T) {
	t.Parallel()
	if r := run(t, "panics"); !strings.Contains(r.Err, "always") {
		t.Errorf("%+v", r)
	}
}

func TestFailureToPrepareGLIsReturned(t *testing.T) {
	t.Parallel()
	if r := run(t, "no gl"); r.Err != "no shader" || len(r.Log) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestCloseAsksFirst(t *testing.T) {
	t.Parallel()
	if r := run(t, "close"); r.Err != "" || len(r.Log) != 2 {
		t.Errorf("%+v", r)
	}
}

func TestPlaybackRateIsKeptWithoutInput(t *testing.T) {
	r := run(t, "pace")
	late := r.Seen["due"] > 49 && runtime.GOOS != "windows" // Wine draws by the processor
	if r.Err != "" || r.Seen["due"] < 47 || late || r.Seen["frames"] > r.Seen["due"]+2*settleFrames {
		t.Errorf("%+v", r)
	}
}

func TestShortcutsFireExceptForTextAndPopups(t *testing.T) {
	t.Parallel()
	r := run(t, "keys")
	want := "play play: failed open open: failed o o: failed -- all at once open open: failed o o: failed -- text -- popup"
	if got := strings.Join(r.Log, " "); got != want || r.Err != "" {
		t.Errorf("%s\nwant %s\n%s", got, want, r.Err)
	}
}

func TestKeysTypedFasterThanFramesAreAllTakenWithoutMoreInput(t *testing.T) {
	t.Parallel()
	if r := run(t, "burst"); r.Err != "" || r.Seen["taken"] != 20 {
		t.Errorf("%+v", r)
	}
}

func TestEveryActionKeyHasAKeyOfImGui(t *testing.T) {
	t.Parallel()
	used := map[imgui.Key]action.Key{}
	for _, k := range action.Keys() {
		keys := imguiKeys(k)
		if len(keys) == 0 {
			t.Errorf("%v has none", k)
		}
		for _, key := range keys {
			if other, taken := used[key]; taken {
				t.Errorf("%v and %v share %v", k, other, key)
			}
			used[key] = k
		}
	}
	if imguiKeys(action.KeyNone) != nil {
		t.Error("no key has a key")
	}
}
