#include "catch.hpp"
#include "present/frame.hpp"

using namespace std::chrono_literals;
using present::BoardRow;
using present::frame;
using present::last_frame;
using present::Window;
using Mark = BoardRow::Mark;

namespace {

std::string text(const std::vector<present::ScreenLine>& lines) {
    std::string text;
    for (const auto& line : lines) {
        text += line.text + "\n";
    }
    return text;
}

const std::vector<BoardRow> three{{"spark-master", Mark::done, "started", 300ms},
                                  {"livy", Mark::waiting, "waiting for spark-master", 2100ms},
                                  {"web", Mark::working, "pulling 34 of 118 MB", 4s}};

}  // namespace

TEST_CASE("a frame has a line for each container, in columns") {
    CHECK(text(frame(three, Window{80, 24}, 2, {})) ==
          " ✓ spark-master   started                   0.3 s\n"
          " ⠹ livy           waiting for spark-master  2.1 s\n"
          " ⠹ web            pulling 34 of 118 MB      4.0 s\n");
}

TEST_CASE("a line never fills the window's width, because terminals wrap then") {
    const auto lines = frame(three, Window{30, 24}, 2, {});
    CHECK(text(lines) ==
          " ✓ spark-master   started   …\n"
          " ⠹ livy           waiting fo…\n"
          " ⠹ web            pulling 34…\n");
    for (const auto& line : lines) {
        CHECK(line.width < 30);
    }
}

TEST_CASE("in a low window what is done folds first, then what waits, then the rest") {
    CHECK(text(frame(three, Window{80, 4}, 0, {})) ==
          " ✓ spark-master   started                   0.3 s\n"
          " ⠋ livy           waiting for spark-master  2.1 s\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n");
    std::vector<BoardRow> many = three;
    many.push_back({"db", Mark::done, "started", 1s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ livy           waiting for spark-master  2.1 s\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n");
    many.push_back({"cache", Mark::waiting, "waiting for db", 2s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ web            pulling 34 of 118 MB      4.0 s\n"
          " ⠋ 2 containers waiting\n");
    many.push_back({"queue", Mark::working, "starting", 2s});
    CHECK(text(frame(many, Window{80, 4}, 0, {})) ==
          " ✓ 2 containers done\n"
          " ⠋ 2 containers more at work\n"
          " ⠋ 2 containers waiting\n");
    CHECK(frame(many, Window{80, 2}, 0, {}).size() == 1);
}

TEST_CASE("the last frame has every container, however low the window") {
    CHECK(text(last_frame(
              {{"db", Mark::failed, "failed", 2s}, {"web", Mark::unfinished, "not started", 3s}},
              80, {})) ==
          " ✗ db    failed       2.0 s\n"
          " - web   not started  3.0 s\n");
}

TEST_CASE("only the marks of a frame have colour, and it takes no width") {
    const auto lines =
        frame({{"db", Mark::done, "started", 300ms}}, Window{80, 24}, 0, {diagnostics::Colour::on});
    CHECK(text(lines) == " \x1b[32m✓\x1b[0m db   started  0.3 s\n");
    CHECK(lines[0].width == 22);
}
