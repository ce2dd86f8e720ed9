module iceexplorer

go 1.26.0

require (
	github.com/AllenDang/cimgui-go v1.5.0
	github.com/AllenDang/giu v0.15.0
	github.com/Microsoft/go-winio v0.6.4
	github.com/RoaringBitmap/roaring/v2 v2.30.0
	github.com/bits-and-blooms/bitset v1.29.0
	github.com/edsrzf/mmap-go v1.2.0
	github.com/go-gl/gl v0.0.0-20231021071112-07e5d0ea2e71
	github.com/go-gl/mathgl v1.2.0
	github.com/go-text/typesetting v0.3.4
	github.com/jezek/xgb v1.1.1
	github.com/klauspost/compress v1.18.2
	github.com/landlock-lsm/go-landlock v0.11.2
	github.com/mrjoshuak/go-openexr v1.4.0
	github.com/ncruces/zenity v0.10.14
	github.com/parquet-go/parquet-go v0.32.0
	github.com/pelletier/go-toml/v2 v2.4.3
	github.com/soniakeys/quant v1.0.0
	github.com/spf13/pflag v1.1.0
	github.com/zeebo/xxh3 v1.1.0
	golang.org/x/image v0.41.0
	golang.org/x/sys v0.49.0
	gonum.org/v1/hdf5 v0.0.0-20210714002203-8c5d23bc6946
	kernel.org/pub/linux/libs/security/libcap/psx v1.2.78
)

require (
	github.com/AllenDang/go-findfont v0.0.0-20200702051237-9f180485aeb8 // indirect
	github.com/akavel/rsrc v0.10.2 // indirect
	github.com/dchest/jsmin v0.0.0-20220218165748-59f39799265f // indirect
	github.com/faiface/mainthread v0.0.0-20171120011319-8b78f0a41ae3 // indirect
	github.com/gucio321/glm-go v0.0.0-20241029220517-e1b5a3e011c8 // indirect
	github.com/josephspurrier/goversioninfo v1.4.1 // indirect
	github.com/klauspost/cpuid/v2 v2.2.10 // indirect
	github.com/mazznoer/csscolorparser v0.1.8 // indirect
	github.com/mrjoshuak/go-jpeg2000 v1.3.0 // indirect
	github.com/mschoch/smat v0.2.0 // indirect
	github.com/napsy/go-css v1.0.0 // indirect
	github.com/parquet-go/bitpack v1.0.0 // indirect
	github.com/pkg/browser v0.0.0-20210911075715-681adbf594b8 // indirect
	github.com/randall77/makefat v0.0.0-20210315173500-7ddd0e42c844 // indirect
	github.com/sahilm/fuzzy v0.1.2 // indirect
	golang.design/x/hotkey v0.4.1 // indirect
	golang.design/x/mainthread v0.3.0 // indirect
	golang.org/x/text v0.37.0 // indirect
	gopkg.in/eapache/queue.v1 v1.1.0 // indirect
)
