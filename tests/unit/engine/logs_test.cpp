#include "engine/log_frames.hpp"
#include "expect.hpp"

namespace {

using engine::LogFrames;

std::string frame(char stream, const std::string& text) {
    return std::string{stream,
                       0,
                       0,
                       0,
                       0,
                       0,
                       static_cast<char>(text.size() >> 8),
                       static_cast<char>(text.size() & 255)} +
           text;
}

std::string take_in_two(LogFrames::Shape shape, const std::string& bytes, std::size_t cut) {
    LogFrames frames(shape);
    auto text = frames.take(bytes.substr(0, cut));
    text += frames.take(bytes.substr(cut));
    return text + frames.finish();
}

}  // namespace

TEST_CASE("frames are taken off wherever the log is cut") {
    const std::string long_line(300, 'x');
    const auto bytes = frame(1, "out\n") + frame(2, "") + frame(2, "err") + frame(1, long_line);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        INFO("cut at " << cut);
        CHECK(take_in_two(LogFrames::Shape::unknown, bytes, cut) == "out\nerr" + long_line);
        CHECK(take_in_two(LogFrames::Shape::framed, bytes, cut) == "out\nerr" + long_line);
    }
}

TEST_CASE("the log of a terminal has no frames") {
    for (const std::string text : {"plain text\r\n", "", "ab", "\x01", "\x02\x01 not a header"}) {
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            CHECK(take_in_two(LogFrames::Shape::unknown, text, cut) == text);
        }
    }
}

TEST_CASE("a frame of 4 GiB takes no more memory than what came of it") {
    LogFrames frames(LogFrames::Shape::unknown);
    CHECK(frames.take("\x01" + std::string(3, '\0') + "\xff\xff\xff\xff" + "hello") == "hello");
    CHECK(frames.take(" world") == " world");
}

TEST_CASE("the last lines of a log are asked for and read") {
    const auto call = engine::api::last_log_lines(id_a, 20);
    CHECK(sent(call.request) == "GET /containers/" + id_a + "/logs?stdout=1&stderr=1&tail=20");
    CHECK(call.decode(reply(200, frame(1, "a\n") + frame(2, "b\n"))) == "a\nb\n");
    CHECK(call.decode(reply(200, "a terminal's\n")) == "a terminal's\n");
    CHECK(call.decode({.status = 200,
                       .headers = {{"Content-Type", "application/vnd.docker.multiplexed-stream"}},
                       .body = frame(1, "a\n")}) == "a\n");
    CHECK(refused(call.decode(reply(501, R"({"message":"no logs with the driver none"})"))) ==
          "501 no logs with the driver none");
}

TEST_CASE("of a long log the last 64 KiB are kept, from the start of a line, with a mark") {
    const auto decode = engine::api::last_log_lines(id_a, 20).decode;
    const std::string line = std::string(999, 'x') + "\n";
    std::string log;
    for (int count = 0; count < 100; ++count) {
        log += line;
    }
    const auto kept = decode(reply(200, log)).value();
    CHECK(kept == "…\n" + log.substr(0, 65'000));
    CHECK(decode(reply(200, std::string(100'000, 'y'))) == "…" + std::string(65'536, 'y'));
}
