#include "expect.hpp"

namespace {

// The items of a stream, as texts, and the error that ended it.
template <class T, class Text>
std::vector<std::string> items(const engine::StreamCall<T>& call, const std::string& bytes,
                               std::size_t cut, const Text& text) {
    std::vector<std::string> seen;
    for (const auto& part : {bytes.substr(0, cut), bytes.substr(cut)}) {
        for (const auto& item : call.decode(part)) {
            if (item) {
                seen.push_back(text(*item));
            } else if (const auto* const error = std::get_if<engine::Refused>(&item.error())) {
                seen.push_back(std::to_string(error->status) + " " + error->message);
            } else {
                seen.push_back(malformed(item));
            }
        }
    }
    return seen;
}

std::string text_of(const engine::PullProgress& progress) {
    return progress.id + " " + progress.status + " " + std::to_string(progress.current) + "/" +
           std::to_string(progress.total);
}

std::string text_of(const engine::Event& event) {
    std::string text = event.type + " " + event.action + " " + event.id.substr(0, 2);
    for (const auto& [key, value] : event.attributes) {
        text += " " + key + "=" + value;
    }
    return text;
}

constexpr auto as_text = [](const auto& item) { return text_of(item); };
using Items = std::vector<std::string>;

}  // namespace

TEST_CASE("a pull tells its progress, and an error in the stream, wherever it is cut") {
    const std::string bytes =
        "{\"status\":\"Pulling from library/x\",\"id\":\"latest\"}\r\n"
        "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":5,\"total\":10},\"id\":\"ab\"}"
        "\r\n"
        "{\"status\":\"Waiting\",\"progressDetail\":{},\"id\":\"ab\"}\r\n"
        "{\"errorDetail\":{\"message\":\"no space\\nleft\"},\"error\":\"no space\"}\r\n";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        INFO("cut at " << cut);
        CHECK(items(engine::api::pull_image("x"), bytes, cut, as_text) ==
              Items{"latest Pulling from library/x 0/0", "ab Downloading 5/10", "ab Waiting 0/0",
                    "200 no space left"});
    }
}

TEST_CASE("a pull's stream that is no stream of objects is malformed") {
    const auto first = [](const std::string& bytes) {
        return items(engine::api::pull_image("x"), bytes, 0, as_text).at(0);
    };
    CHECK(first("{\"status\":1}\n") == "POST /images/create: status is not text");
    CHECK(first("[1]") == "POST /images/create: the reply is no object");
    CHECK(first("<html> ") == "POST /images/create: no JSON");
    CHECK(first("{\"progressDetail\":{\"current\":\"a\"}}") ==
          "POST /images/create: progressDetail.current is not an integer");
    CHECK(first("{\"status\":\"" + std::string(2 << 20, 'x') + "\"}") ==
          "POST /images/create: a JSON value of more than 1048576 bytes");
}

TEST_CASE("events of containers are asked for by label and action") {
    const auto call = engine::api::container_events({.labels = {"a=b"}, .names = {"c"}},
                                                    {"die", "health_status"});
    CHECK(sent(call.request) ==
          R"(GET /events?filters={"container":["c"],"event":["die","health_status"],)"
          R"("label":["a=b"],"type":["container"]})");
    CHECK(call.request.timeout == engine::api::system_info().request.timeout);
    CHECK(sent(engine::api::container_events({}, {}).request) ==
          R"(GET /events?filters={"type":["container"]})");
}

TEST_CASE("events are read, one after the other, wherever the stream is cut") {
    const auto one = R"({"Type":"container","Action":"die","Actor":{"ID":")" + id_a +
                     R"(","Attributes":{"exitCode":"7","name":"x"}},"time":1})";
    const auto two = R"({"Type":"container","Action":"health_status: healthy","Actor":{"ID":")" +
                     id_b + R"(","Attributes":null}})";
    const auto bytes = one + two + "\n" + one;
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        CHECK(items(engine::api::container_events({}, {}), bytes, cut, as_text) ==
              Items{"container die aa exitCode=7 name=x", "container health_status: healthy bb",
                    "container die aa exitCode=7 name=x"});
    }
}

TEST_CASE("an event of nobody is malformed") {
    CHECK(items(engine::api::container_events({}, {}), R"({"Type":"container","Action":"die"})", 0,
                as_text) == Items{"GET /events: Actor.ID is not as the API writes it"});
}
