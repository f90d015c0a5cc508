#include "appliance/references.hpp"

#include "catch.hpp"
#include "describe.hpp"

using appliance::Mention;
using appliance::split_mentions;
using Form = Mention::Form;
using Parts = std::vector<appliance::TextPart>;

TEST_CASE("an @ with a letter or digit behind it begins a mention") {
    CHECK(split_mentions("spark://@spark-master:7077") ==
          Parts{"spark://", Mention{"spark-master", {8, 21}}, ":7077"});
    CHECK(split_mentions("@0a") == Parts{Mention{"0a", {0, 3}}});
}

TEST_CASE("a mention is as long as letters, digits and dashes go, without dashes at its end") {
    CHECK(split_mentions("@web--x--/") == Parts{Mention{"web--x", {0, 7}}, "--/"});
    CHECK(split_mentions("@web.local_") == Parts{Mention{"web", {0, 4}}, ".local_"});
    CHECK(split_mentions("@a@b") ==
          Parts{Mention{"a", {0, 2}}, Mention{"b", {2, 4}, Form::within_word}});
}

TEST_CASE("an @ with anything else behind it is an @") {
    CHECK(split_mentions("@") == Parts{"@"});
    CHECK(split_mentions("a@ @- @_b @@/ a@} \"$@\"") == Parts{"a@ @- @_b @@/ a@} \"$@\""});
    CHECK(split_mentions("") == Parts{});
}

TEST_CASE("a mention begins a word") {
    for (const char before : std::string(" \t\n\v\f\r/=,;|([{<\"'`")) {
        const std::string text(1, before);
        INFO(text);
        CHECK(split_mentions(text + "@db") == Parts{text, Mention{"db", {1, 4}, Form::bare}});
    }
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(1, static_cast<char>(byte));
        if (std::string(" \t\n\v\f\r/=,;|([{<\"'`\\").find(text) == std::string::npos) {
            INFO(byte);
            CHECK(split_mentions(text + "@db") ==
                  Parts{text, Mention{"db", {1, 4}, Form::within_word}});
        }
    }
    CHECK(split_mentions("redis://:@db") ==
          Parts{"redis://:", Mention{"db", {9, 12}, Form::within_word}});
    CHECK(split_mentions("@@db") == Parts{"@", Mention{"db", {1, 4}, Form::within_word}});
}

TEST_CASE("braces make a mention in any place, with anything behind it") {
    CHECK(split_mentions("x:@{db}_1") == Parts{"x:", Mention{"db", {2, 7}, Form::braced}, "_1"});
    CHECK(split_mentions("@{db-2}@{a}-b") ==
          Parts{Mention{"db-2", {0, 7}, Form::braced}, Mention{"a", {7, 11}, Form::braced}, "-b"});
    CHECK(split_mentions("@{db}@a") ==
          Parts{Mention{"db", {0, 5}, Form::braced}, Mention{"a", {5, 7}, Form::within_word}});
    CHECK(split_mentions("\\@{db}") == Parts{"@{db}"});
}

TEST_CASE("an opening brace that no id and closing brace follow is malformed") {
    CHECK(split_mentions("@{") == Parts{Mention{"", {0, 2}, Form::malformed}});
    CHECK(split_mentions("@{}") == Parts{Mention{"", {0, 2}, Form::malformed}, "}"});
    CHECK(split_mentions("@{db") == Parts{Mention{"", {0, 4}, Form::malformed}});
    CHECK(split_mentions("@{db-}") == Parts{Mention{"", {0, 4}, Form::malformed}, "-}"});
    CHECK(split_mentions("a@{$x}") == Parts{"a", Mention{"", {1, 3}, Form::malformed}, "$x}"});
}

TEST_CASE("a backslash makes an @ literal, and is itself otherwise") {
    CHECK(split_mentions("user\\@host") == Parts{"user@host"});
    CHECK(split_mentions("secret\\@@db:5432") == Parts{"secret@", Mention{"db", {8, 11}}, ":5432"});
    CHECK(split_mentions("a\\b \\") == Parts{"a\\b \\"});
    CHECK(split_mentions("\\\\@web") == Parts{"\\@web"});
}

TEST_CASE("a reference becomes the name by which the container is reached") {
    CHECK(read_containers(R"({ "id": "cwl", "image": "toil",
            "args": [ "--batch=mesos", "--master", "zk://@zookeeper:2181/mesos" ],
            "env": { "ZK": "zk://zk-1.zk:2181,zk-2.zk:2181/mesos", "TRAILING": "x ",
                     "DB": "postgresql://postgres:secret\\@@db:5432/postgres",
                     "BOTH": "@db,@zookeeper", "MAIL": "user\\@host" } },
          { "id": "zookeeper", "image": "zookeeper" },
          { "id": "db", "image": "postgres", "cmd": "ping @zookeeper; echo \\@" })") ==
          "shop\n"
          "cwl: toil, args \"--batch=mesos\" \"--master\" \"zk://zookeeper:2181/mesos\", "
          "env BOTH=\"db,zookeeper\", env DB=\"postgresql://postgres:secret@db:5432/postgres\", "
          "env MAIL=\"user@host\", env TRAILING=\"x \", "
          "env ZK=\"zk://zk-1.zk:2181,zk-2.zk:2181/mesos\", needs db, needs zookeeper\n"
          "zookeeper: zookeeper\n"
          "db: postgres, cmd \"ping zookeeper; echo @\", needs zookeeper\n");
}

TEST_CASE("a reference may name an instance") {
    CHECK(read_containers(R"({ "id": "probe", "image": "x", "cmd": "ping @web-2" },
                             { "id": "web", "image": "x", "instances": 2 })") ==
          "shop\nprobe: x, cmd \"ping web-2\", needs web\nweb: x, instances 2\n");
}

TEST_CASE("a container with that very id comes before an instance") {
    CHECK(read_containers(R"({ "id": "probe", "image": "x", "cmd": "ping @web-3" },
                             { "id": "web", "image": "x", "instances": 2 },
                             { "id": "web-3", "image": "x" })") ==
          "shop\nprobe: x, cmd \"ping web-3\", needs web-3\nweb: x, instances 2\nweb-3: x\n");
}

TEST_CASE("a container may name itself and needs nothing for it") {
    CHECK(read_containers(R"({ "id": "web", "image": "x", "cmd": "serve @web @web-1" })") ==
          "shop\nweb: x, cmd \"serve web web-1\"\n");
}

TEST_CASE("a reference in braces stands wherever it is wanted") {
    CHECK(read_containers(R"({ "id": "web", "image": "x",
            "args": [ "jdbc:oracle:thin:\\@@db:1521", "x@{db}_1", "db@{db-2},@{db-1}.local" ] },
          { "id": "db", "image": "y", "instances": 2 })") ==
          "shop\nweb: x, args \"jdbc:oracle:thin:@db:1521\" \"xdb_1\" \"dbdb-2,db-1.local\", needs "
          "db\ndb: y, instances 2\n");
}

TEST_CASE("references are resolved within values of env that are no strings") {
    CHECK(
        read_containers(R"({ "id": "web", "image": "x", "env": { "A": [ "@web:1", "\\@" ] } })") ==
        "shop\nweb: x, env A=\"[\"web:1\",\"@\"]\"\n");
}

TEST_CASE("names are not references where there is nothing to refer") {
    CHECK(read_containers(R"({ "id": "web", "image": "x", "env": { "@a": "b" },
                               "ports": [ { "container_port": 80, "name": "@a" } ] })") ==
          "shop\nweb: x, env @a=\"b\", port 80/tcp named @a\n");
}
